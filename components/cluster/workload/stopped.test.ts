import { expect, test } from "vitest";
import type { Plan } from "../../../tools/plan/index.ts";
import { planWorkload, type WorkloadChanges } from "./test/plan-workload.ts";

const deploymentType = "kubernetes:apps/v1:Deployment";
const planStopped = (changes: WorkloadChanges = {}) =>
  planWorkload({ ...changes, settings: { ...changes.settings, state: "stopped" } });

function inputs(plan: Plan, type: string) {
  return plan.one(type).inputs as {
    metadata: { annotations?: Record<string, string> };
    spec: Record<string, unknown>;
  };
}

test("a stopped workload keeps all its objects except the autoscaler and the disruption budget", async () => {
  const objects = (await planStopped()).resources.filter(({ type }) => type.startsWith("kubernetes:"));
  expect(objects.map(({ type }) => type)).toEqual([
    deploymentType,
    "kubernetes:core/v1:Service",
    "kubernetes:core/v1:ServiceAccount",
    "kubernetes:networking.k8s.io/v1:NetworkPolicy",
  ]);
});

test("a stopped Deployment differs from a running one by 0 replicas only", async () => {
  const [stopped, running] = [await planStopped(), await planWorkload()];
  expect(inputs(stopped, deploymentType).spec).toEqual({
    ...inputs(running, deploymentType).spec,
    replicas: 0,
  });
  for (const type of ["kubernetes:core/v1:ServiceAccount", "kubernetes:networking.k8s.io/v1:NetworkPolicy"]) {
    expect(inputs(stopped, type)).toEqual(inputs(running, type));
  }
});

test("a deploy waits for the pods of a running workload, and not for those of a stopped one", async () => {
  const annotations = { "pulumi.com/skipAwait": "true" };
  expect(inputs(await planStopped(), deploymentType).metadata.annotations).toEqual(annotations);
  expect(inputs(await planWorkload(), deploymentType).metadata).not.toHaveProperty("annotations");
});

test("a stopped workload is checked like a running one, because its numbers apply when it starts", async () => {
  await expect(planStopped({ maxConsumers: 6, settings: { keepAvailable: 3 } })).rejects.toThrow(
    /2 problems, nothing was created[\s\S]*maxReplicas[\s\S]*keepAvailable/,
  );
});
