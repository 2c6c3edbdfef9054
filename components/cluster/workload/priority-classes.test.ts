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

test("the API comes before the workers, they before jobs, and jobs before what names no class", () => {
  const values = ["api", "worker", "batch"].map((urgency) => classOf(urgency).value);
  expect(values).toEqual(values.toSorted((a, b) => b - a));
  expect(new Set(values).size).toBe(3);
  expect(Math.min(...values)).toBeGreaterThan(0);
  // The most that the API server takes of a class that is not the system's.
  expect(Math.max(...values)).toBeLessThanOrEqual(1_000_000_000);
});

test("users alone may end the work of others", () => {
  expect(["api", "worker", "batch"].map((urgency) => classOf(urgency).preemptionPolicy)).toEqual([
    "PreemptLowerPriority",
    "Never",
    "Never",
  ]);
});

test("no class is the default of the cluster, and each has a name of the whole cluster", () => {
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
