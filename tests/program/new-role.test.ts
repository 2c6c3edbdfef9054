import { readFileSync } from "node:fs";
import { join } from "node:path";
import { topics } from "@task-platform/contracts";
import { Ajv } from "ajv";
import { beforeAll, expect, test } from "vitest";
import { allowExampleValuesKey, program } from "../../infra/program.ts";
import { type WorkloadRole, workloadRoles } from "../../infra/workloads/index.ts";
import {
  type EnvironmentName,
  type EnvironmentSpec,
  type EnvironmentSpecs,
  specs,
} from "../../stacks/index.ts";
import { type Plan, planProgram } from "../../tools/plan/index.ts";
import { configOf, planOf, root } from "./plan-of.ts";

const valid = new Ajv({ allErrors: true }).compile(
  JSON.parse(readFileSync(join(root, "infra", "outputs.schema.json"), "utf8")) as object,
);
const schemaProblems = (outputs: unknown) => (valid(outputs) ? [] : valid.errors);

/** A row as in `infra/workloads`. Nothing else in the program names the role. */
const archivist: WorkloadRole = {
  key: "archivist",
  name: "task-archivist",
  mustRun: { on: "primary", because: "the archive would lack a day" },
  image: "taskWorkerImage",
  args: ["apps/task-worker/src/main.ts", "archivist"],
  nodePool: "worker",
  urgency: "batch",
  mostReplicas: 2,
  database: { role: "task_archivist", poolSize: 3, directConnections: 1 },
  kafka: { produces: [], consumes: [topics.taskEvents.name], groups: ["task-archivist"] },
  cache: true,
  secretFiles: true,
  ports: [],
  preStopSeconds: 1,
  variables: () => ({ CONSUMER_GROUP: "task-archivist" }),
  ingress: (traffic) => [traffic.fromCollector],
  egress: (traffic) => [traffic.toPostgres, traffic.toKafka, traffic.toCache, traffic.toPodIdentity],
};

/** One entry in every spec. */
const withArchivist = Object.fromEntries(
  Object.entries(specs).map(([name, spec]) => [
    name,
    {
      ...spec,
      workloads: {
        ...spec.workloads,
        archivist: {
          ...spec.workloads.relay,
          minReplicas: 1,
          maxReplicas: 2,
          keepAvailable: 0,
          zoneSpread: "prefer",
        },
      },
    },
  ]),
) as unknown as Readonly<Record<EnvironmentName, EnvironmentSpec>>;

function planWith(
  name: EnvironmentName,
  from: EnvironmentSpecs,
  roles: readonly WorkloadRole[],
): Promise<Plan> {
  return planProgram(() => program(from, roles), {
    stack: name,
    mode: "resolved",
    config: { ...configOf(name), [`task-platform:${allowExampleValuesKey}`]: "true" },
  });
}

let plan: Plan;
beforeAll(async () => {
  plan = await planWith("prod", withArchivist, [...workloadRoles, archivist]);
});

test("a row and one entry per spec create everything that a workload has", async () => {
  const before = await planOf("prod");
  const known = new Set(before.resources.map(({ urn }) => urn));
  const made = plan.resources.filter(({ urn }) => !known.has(urn)).map(({ type, name }) => `${type} ${name}`);
  expect(made.toSorted()).toMatchInlineSnapshot(`
    [
      "aws:cloudwatch/metricAlarm:MetricAlarm events-alarm-lag-events-task-archivist-task-events",
      "aws:cloudwatch/metricAlarm:MetricAlarm events-alarm-lag-time-task-archivist-task-events",
      "aws:eks/podIdentityAssociation:PodIdentityAssociation task-archivist",
      "aws:iam/role:Role task-archivist",
      "aws:iam/rolePolicy:RolePolicy task-archivist",
      "kubernetes:apps/v1:Deployment task-archivist",
      "kubernetes:autoscaling/v2:HorizontalPodAutoscaler task-archivist",
      "kubernetes:core/v1:ServiceAccount task-archivist",
      "kubernetes:networking.k8s.io/v1:NetworkPolicy task-archivist",
      "task-platform:cluster:PodIdentity task-archivist",
      "task-platform:workload:Workload task-archivist",
    ]
  `);
});

test("its row decides pods, permissions and traffic", () => {
  const deployment = plan.one("kubernetes:apps/v1:Deployment", "task-archivist");
  expect(deployment.inputs).toMatchObject({
    spec: {
      template: {
        spec: {
          nodeSelector: { "task-platform/pool": "worker" },
          priorityClassName: "task-platform-batch",
          containers: [{ args: ["apps/task-worker/src/main.ts", "archivist"] }],
        },
      },
    },
  });
  const [container] = (deployment.inputs.spec as PodTemplate).template.spec.containers;
  const env = Object.fromEntries((container?.env ?? []).map(({ name, value }) => [name, value]));
  expect(env).toMatchObject({
    SERVICE_NAME: "task-archivist",
    DATABASE_USER: "task_archivist",
    DATABASE_POOL_SIZE: "3",
    KAFKA_AUTH: "iam",
    REDIS_AUTH: "iam",
    CONSUMER_GROUP: "task-archivist",
  });
  const policy = String(plan.one("aws:iam/rolePolicy:RolePolicy", "task-archivist").inputs.policy);
  expect(policy).toContain("/task_archivist");
  expect(policy).toContain("/task-archivist");
  expect(policy).not.toContain("WriteData");
});

test("every sum over the roles includes it", async () => {
  const quota = (of: Plan) =>
    (of.one("kubernetes:core/v1:ResourceQuota", "tasks").inputs.spec as { hard: { pods: string } }).hard.pods;
  // Two replicas, one more during a rollout, and two that are still stopping.
  expect(Number(quota(plan)) - Number(quota(await planOf("prod")))).toBe(2 + 1 + 2);
  expect(plan.outputs.deployments).toMatchObject({ archivist: "task-archivist" });
  const dashboards = plan.all("aws:cloudwatch/dashboard:Dashboard");
  expect(dashboards.map(({ inputs }) => String(inputs.dashboardBody).includes("task-archivist"))).toEqual([
    true,
  ]);
});

test("a role that is stopped from the start is declared, and its outputs fit the schema", async () => {
  const { dr } = withArchivist;
  const archivistOfDr = { ...specs.dr.workloads.relay, maxReplicas: 2, state: "stopped" } as const;
  const from = { ...withArchivist, dr: { ...dr, workloads: { ...dr.workloads, archivist: archivistOfDr } } };
  const standby = await planWith("dr", from, [...workloadRoles, archivist]);
  expect(standby.outputs.stopped).toEqual(["archivist"]);
  expect(schemaProblems(standby.outputs)).toEqual([]);
  expect(schemaProblems(plan.outputs)).toEqual([]);
});

test("a spec that forgets a role, or names one that does not exist, is refused with all roles", async () => {
  await expect(planWith("dev", specs, [...workloadRoles, archivist])).rejects.toThrow(
    "workloads.archivist (stacks/dev.ts): got nothing",
  );
  await expect(planWith("dev", withArchivist, workloadRoles)).rejects.toThrow(
    "workloads.archivist (stacks/dev.ts): got settings of a role that does not exist; allowed: api, relay, processor",
  );
});

interface PodTemplate {
  readonly template: {
    readonly spec: {
      readonly containers: readonly {
        readonly env: readonly { readonly name: string; readonly value: string }[];
      }[];
    };
  };
}
