import fc from "fast-check";
import { expect, test } from "vitest";
import { mostPodsOf, planRollout, surgeOf } from "./rollout.ts";

test("a rollout of twenty replicas takes four steps, and a deploy waits until the slowest one has ended", () => {
  // A step takes 60 s to start, 60 s to be admitted, 5 s to stay ready and 40 s to stop. The first waits 300 s for a node.
  expect(planRollout(20, 40)).toEqual({
    maxSurge: "25%",
    minReadySeconds: 5,
    progressDeadlineSeconds: 300 + 165,
    timeoutMinutes: Math.ceil((300 + 4 * 165) / 60) + 1,
  });
});

test("however many replicas there are, a rollout takes at most four steps", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 500 }), (replicas) => {
      expect(Math.ceil(replicas / surgeOf(replicas))).toBeLessThanOrEqual(4);
      expect(surgeOf(replicas)).toBeGreaterThanOrEqual(1);
    }),
  );
});

test("a deploy waits longer than Kubernetes needs to report a rollout that hangs in its last step", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 120 }), (replicas, grace) => {
      const { progressDeadlineSeconds, timeoutMinutes } = planRollout(replicas, grace);
      expect(timeoutMinutes * 60).toBeGreaterThan(progressDeadlineSeconds);
    }),
  );
});

test("the most pods are all replicas, those that a rollout adds, and the old ones that are still stopping", () => {
  expect([1, 3, 20].map(mostPodsOf)).toEqual([1 + 1 + 1, 3 + 1 + 3, 20 + 5 + 20]);
});
