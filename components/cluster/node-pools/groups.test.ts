import fc from "fast-check";
import { expect, test } from "vitest";
import { planGroups } from "./groups.ts";
import { baseNodeGroups } from "./test/plan-node-pools.ts";

const zones = ["use1-az1", "use1-az2", "use1-az4"];
const settings = { ...baseNodeGroups.application, groups: "per-zone" as const };

test("a pool is one group over all zones, or one group in each zone with its share of the nodes", () => {
  expect(planGroups("worker", baseNodeGroups.worker, zones)).toEqual([
    { suffix: "worker", zones, minNodes: 3, maxNodes: 6 },
  ]);
  expect(planGroups("application", { ...settings, minNodes: 4, maxNodes: 20 }, zones)).toEqual([
    {
      suffix: "application-use1-az1",
      zones: ["use1-az1"],
      minNodes: 2,
      maxNodes: 7,
      formerSuffix: "application",
    },
    { suffix: "application-use1-az2", zones: ["use1-az2"], minNodes: 1, maxNodes: 7 },
    { suffix: "application-use1-az4", zones: ["use1-az4"], minNodes: 1, maxNodes: 6 },
  ]);
});

test("the groups of a pool have as many nodes together as the pool, and differ by one at most", () => {
  fc.assert(
    fc.property(fc.integer({ min: 3, max: 50 }), fc.integer({ min: 0, max: 50 }), (minNodes, more) => {
      const groups = planGroups("application", { ...settings, minNodes, maxNodes: minNodes + more }, zones);
      for (const [key, total] of [
        ["minNodes", minNodes],
        ["maxNodes", minNodes + more],
      ] as const) {
        const sizes = groups.map((group) => group[key]);
        expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(total);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
        expect(Math.min(...sizes)).toBeGreaterThanOrEqual(1);
      }
    }),
  );
});
