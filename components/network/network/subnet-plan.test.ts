import fc from "fast-check";
import { expect, test } from "vitest";
import { parseRange } from "../../base/core/index.ts";
import { cidrsOverlap, planSubnets } from "./subnet-plan.ts";

const zones = fc
  .uniqueArray(fc.integer({ min: 0, max: 3 }), { minLength: 2, maxLength: 4 })
  .map((slots) => slots.map((slot) => ({ id: `zone-${slot}`, slot })));
const cidr = fc
  .tuple(fc.integer({ min: 1, max: 223 }), fc.integer({ min: 0, max: 255 }))
  .map(([a, b]) => `${a}.${b}.0.0/16`);

test("subnets never overlap and all lie inside the network", () => {
  fc.assert(
    fc.property(cidr, zones, (network, placed) => {
      const ranges = planSubnets(network, placed).map((subnet) => subnet.cidr);
      expect(ranges.length).toBe(4 * placed.length);
      for (const [index, range] of ranges.entries()) {
        expect(cidrsOverlap(range, network)).toBe(true);
        for (const other of ranges.slice(index + 1)) expect(cidrsOverlap(range, other)).toBe(false);
      }
      const parsed = parseRange(network);
      for (const range of ranges) {
        const start = parseRange(range)?.first ?? -1;
        expect(start).toBeGreaterThanOrEqual(parsed?.first ?? 0);
        expect(start).toBeLessThan((parsed?.first ?? 0) + 65_536);
      }
    }),
  );
});

test("adding a zone or changing their order moves no subnet that exists", () => {
  fc.assert(
    fc.property(cidr, zones, fc.integer({ min: 0, max: 3 }), (network, placed, slot) => {
      const more = placed.some((zone) => zone.slot === slot)
        ? placed
        : [{ id: "added", slot }, ...placed.toReversed()];
      const after = planSubnets(network, more).filter((subnet) => subnet.zoneId !== "added");
      expect(after.toSorted((a, b) => (a.cidr < b.cidr ? -1 : 1))).toEqual(
        planSubnets(network, placed).toSorted((a, b) => (a.cidr < b.cidr ? -1 : 1)),
      );
    }),
  );
});

test("a private subnet holds its prefix reservation, aligned and in its upper half", () => {
  const plan = planSubnets("10.30.0.0/16", [
    { id: "a", slot: 0 },
    { id: "b", slot: 1 },
  ]);
  expect(plan.filter((subnet) => subnet.tier === "private")).toEqual([
    { tier: "private", zoneId: "a", cidr: "10.30.0.0/19", reservation: "10.30.16.0/20" },
    { tier: "private", zoneId: "b", cidr: "10.30.32.0/19", reservation: "10.30.48.0/20" },
  ]);
});

test("the address plan of a slot is fixed", () => {
  const plan = planSubnets("10.30.0.0/16", [{ id: "z", slot: 2 }]);
  expect(Object.fromEntries(plan.map((subnet) => [subnet.tier, subnet.cidr]))).toEqual({
    private: "10.30.64.0/19",
    data: "10.30.130.0/24",
    public: "10.30.138.0/24",
    controlPlane: "10.30.140.32/28",
  });
});
