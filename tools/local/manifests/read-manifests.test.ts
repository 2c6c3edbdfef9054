import { allTopics, database } from "@task-platform/contracts";
import { expect, test } from "vitest";
import { type Plan, planEnvironment } from "../../plan/index.ts";
import { readManifests } from "./read-manifests.ts";

const plan = await planEnvironment("dev");
const manifests = readManifests(plan);

/** The plan with the resources changed or left out. */
function changed(change: (resource: Plan["resources"][number]) => Plan["resources"]): Plan {
  const resources = plan.resources.flatMap(change);
  return { ...plan, resources, all: (type) => resources.filter((resource) => resource.type === type) };
}

test("the topics are those of the contracts, with the settings of the plan", () => {
  expect(
    manifests.topics.map(({ name, partitions, replicationFactor }) => ({
      name,
      partitions,
      replicationFactor,
    })),
  ).toEqual(
    allTopics
      .map(({ name, partitions, replicationFactor }) => ({ name, partitions, replicationFactor }))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  );
  for (const { configs } of manifests.topics) {
    expect(configs).toMatchObject({ "min.insync.replicas": "2", "cleanup.policy": "delete" });
  }
});

test("the database and its owner are those that RDS would create", () => {
  expect(manifests.database).toEqual({ name: database.name, owner: database.master });
});

test("each deployment has the minimum replicas of its autoscaler, and all three probes", () => {
  expect(manifests.deployments.map(({ name, replicas }) => [name, replicas])).toEqual([
    ["task-analytics", 1],
    ["task-api", 1],
    ["task-processor", 1],
    ["task-relay", 1],
  ]);
  for (const { containers } of manifests.deployments) {
    expect(containers.map(({ probes }) => Object.keys(probes))).toEqual([
      ["startup", "readiness", "liveness"],
    ]);
    expect(containers.map(({ command }) => command)).toEqual([["node"]]);
  }
});

/** The plan with 0 written as the replicas of the relay. */
function stoppedRelay(): Plan {
  return changed((resource) => {
    if (resource.type !== "kubernetes:apps/v1:Deployment" || resource.name !== "task-relay")
      return [resource];
    const spec = { ...(resource.inputs.spec as object), replicas: 0 };
    return [{ ...resource, inputs: { ...resource.inputs, spec } }];
  });
}

test("a deployment that is stopped has no replica, with or without an autoscaler beside it", () => {
  const replicasOf = (from: Plan) =>
    readManifests(from).deployments.find(({ name }) => name === "task-relay")?.replicas;
  const stopped = stoppedRelay();
  const resources = stopped.resources.filter(({ type }) => !type.endsWith(":HorizontalPodAutoscaler"));
  const alone = {
    ...stopped,
    resources,
    all: (type: string) => resources.filter((one) => one.type === type),
  };
  expect([replicasOf(stopped), replicasOf(alone)]).toEqual([0, 0]);
});

test("the migration is a job with retries", () => {
  expect(manifests.jobs).toMatchObject([
    { backoffLimit: 3, containers: [{ args: ["apps/task-api/src/main.ts", "migrate"] }] },
  ]);
});

test("a plan without topics, jobs or deployments is refused, and all missing parts are named at once", () => {
  const types = ["aws:msk/topic:Topic", "kubernetes:batch/v1:Job"];
  const poor = changed((resource) => (types.includes(resource.type) ? [] : [resource]));
  expect(() => readManifests(poor)).toThrow("the plan has no topics, no jobs");
});

test("a variable whose value only a cluster has is refused", () => {
  const job = changed((resource) => {
    if (resource.type !== "kubernetes:batch/v1:Job") return [resource];
    const inputs = structuredClone(resource.inputs) as {
      spec: { template: { spec: { containers: { env: object[] }[] } } };
    };
    inputs.spec.template.spec.containers[0]?.env.push({ name: "FROM_SECRET", valueFrom: {} });
    return [{ ...resource, inputs }];
  });
  expect(() => readManifests(job)).toThrow("variable FROM_SECRET of a manifest has no plain value");
});
