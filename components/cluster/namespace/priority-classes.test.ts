import { expect, test } from "vitest";
import { planProgram } from "../../../tools/plan/index.ts";
import { PriorityClasses } from "./index.ts";

const plan = await planProgram(() => {
  const { names } = new PriorityClasses("priorities", {
    prefix: "task-platform",
    labels: { owner: "platform" },
  });
  return { names };
});
const classOf = (urgency: string) =>
  plan.one("kubernetes:scheduling.k8s.io/v1:PriorityClass", `priorities-${urgency}`).inputs as {
    readonly value: number;
    readonly [key: string]: unknown;
  };

test("the API comes before workers, workers before jobs, and jobs before pods without a class", () => {
  const values = ["api", "worker", "batch"].map((urgency) => classOf(urgency).value);
  expect(values).toEqual(values.toSorted((a, b) => b - a));
  expect(new Set(values).size).toBe(3);
  expect(Math.min(...values)).toBeGreaterThan(0);
  // The API server refuses a higher value, except for system classes.
  expect(Math.max(...values)).toBeLessThanOrEqual(1_000_000_000);
});

test("only pods of the API may evict other pods", () => {
  expect(["api", "worker", "batch"].map((urgency) => classOf(urgency).preemptionPolicy)).toEqual([
    "PreemptLowerPriority",
    "Never",
    "Never",
  ]);
});

test("no class is the default of the cluster, and each name has the prefix", () => {
  for (const urgency of ["api", "worker", "batch"]) {
    expect(classOf(urgency)).toMatchObject({
      globalDefault: false,
      metadata: { name: `task-platform-${urgency}`, labels: { owner: "platform" } },
    });
  }
  expect(plan.outputs.names).toEqual({
    api: "task-platform-api",
    worker: "task-platform-worker",
    batch: "task-platform-batch",
  });
});
