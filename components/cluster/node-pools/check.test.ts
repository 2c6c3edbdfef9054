import { expect, test } from "vitest";
import { checkNodeGroups, type NodeGroupSettings } from "./index.ts";
import { baseNodeGroups } from "./test/plan-node-pools.ts";

/** Problems of node groups whose worker group is changed. */
function problems(changes: Partial<NodeGroupSettings> = {}): string[] {
  const worker = { ...baseNodeGroups.worker, ...changes };
  return checkNodeGroups({ ...baseNodeGroups, worker }, 3).map(
    ({ argument, given }) => `${argument}: ${given}`,
  );
}

test("correct node groups have no problem", () => {
  expect(problems()).toEqual([]);
});

test.each<[Partial<NodeGroupSettings>, string]>([
  [{ minNodes: 0 }, "minNodes: 0"],
  [{ minNodes: 4, maxNodes: 3 }, "maxNodes: 3"],
  [{ maxNodes: 4.5 }, "maxNodes: 4.5"],
  [{ diskGiB: 20 }, "diskGiB: 20"],
  [{ instanceTypes: [] }, "instanceTypes: none"],
  [{ instanceTypes: ["m7g.large", "m7i.large"] }, "instanceTypes: arm64 and x86_64 in m7g.large, m7i.large"],
  [{ instanceTypes: ["m7g.large", "c7g.large"] }, "instanceTypes: m7g.large, c7g.large"],
  ...["t2.large", "m4.large", "m5.large", "p4d.24xlarge", "large"].map(
    (type): [Partial<NodeGroupSettings>, string] => [{ instanceTypes: [type] }, `instanceTypes: "${type}"`],
  ),
])("a node group with %j is refused", (changes, problem) => {
  expect(problems(changes)).toEqual([`nodeGroups.worker.${problem}`]);
});

test("one group in each zone needs a node in each zone", () => {
  expect(problems({ groups: "per-zone", minNodes: 2 })).toEqual([
    'nodeGroups.worker.groups: "per-zone" with minNodes 2',
  ]);
  expect(problems({ groups: "per-zone", minNodes: 3 })).toEqual([]);
  expect(problems({ groups: "over-zones", minNodes: 2 })).toEqual([]);
});

test("burstable types count as equal to general types of their size", () => {
  expect(problems({ instanceTypes: ["m7g.large", "t4g.large"] })).toEqual([]);
});

test("spot capacity needs four different types", () => {
  const instanceTypes = ["m6g.large", "m7g.large", "m8g.large", "m8g.large"];
  expect(problems({ capacityType: "spot", instanceTypes })).toEqual([
    "nodeGroups.worker.instanceTypes: 3 for spot capacity",
  ]);
  expect(problems({ capacityType: "spot", instanceTypes: [...instanceTypes, "m6gd.large"] })).toEqual([]);
});
