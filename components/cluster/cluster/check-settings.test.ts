import { expect, test } from "vitest";
import { type ClusterSettings, checkClusterSettings, type NodeGroupSettings } from "./index.ts";
import { baseArgs } from "./test/plan-cluster.ts";

function problems(changes: Partial<ClusterSettings> = {}, today?: Date): string[] {
  return checkClusterSettings({ ...baseArgs.settings, ...changes }, today).map(
    ({ argument, given }) => `${argument}: ${given}`,
  );
}

/** Problems of a cluster whose worker group is changed. */
function worker(changes: Partial<NodeGroupSettings>): string[] {
  const { nodeGroups } = baseArgs.settings;
  return problems({ nodeGroups: { ...nodeGroups, worker: { ...nodeGroups.worker, ...changes } } });
}

test("a right page has no problem", () => {
  expect(problems()).toEqual([]);
});

test.each(["1.34", "1.99", "latest", "toString"])(
  "a minor outside of the table, %s, is refused",
  (version) => {
    expect(problems({ version })).toEqual([`version: "${version}"`]);
  },
);

test("the support calendar is asked only on a given day, and speaks up two months ahead", () => {
  expect(problems({}, new Date("2027-06-01T00:00:00Z"))).toEqual([]);
  expect(problems({}, new Date("2027-06-05T00:00:00Z"))).toEqual([
    'version: "1.36", 58 days before its standard support ends on 2027-08-02',
  ]);
  expect(problems({}, new Date("2027-08-03T00:00:00Z"))).toHaveLength(1);
});

test.each([
  ["172.20.0.0/11", "too large"],
  ["10.0.0.0/25", "too small"],
  ["8.8.0.0/16", "public addresses"],
  ["172.20.1.0/16", "not from its first address"],
  ["fd00::/108", "no IPv4"],
])("Services cannot live in %s: %s", (serviceCidr) => {
  expect(problems({ serviceCidr })).toEqual([`serviceCidr: "${serviceCidr}"`]);
});

test("an archive of logs lasts longer than the group, or is none", () => {
  expect(problems({ logArchiveDays: 400 })).toEqual([]);
  for (const days of [90, -1, 365.5])
    expect(problems({ logArchiveDays: days })).toEqual([`logArchiveDays: ${days}`]);
});

test("a retention that CloudWatch does not offer is refused", () => {
  expect(problems({ logRetentionDays: 100 })).toEqual(["logRetentionDays: 100"]);
  expect(problems({ logRetentionDays: 365, logArchiveDays: 0 })).toEqual([]);
});

test("sizes of a group contradict neither each other nor arithmetic", () => {
  expect(worker({ minNodes: 0 })).toEqual(["nodeGroups.worker.minNodes: 0"]);
  expect(worker({ minNodes: 4, maxNodes: 3 })).toEqual(["nodeGroups.worker.maxNodes: 3"]);
  expect(worker({ maxNodes: 4.5 })).toEqual(["nodeGroups.worker.maxNodes: 4.5"]);
  expect(worker({ diskGiB: 20 })).toEqual(["nodeGroups.worker.diskGiB: 20"]);
});

test("all types of a group boot one image and are the same size to the autoscaler", () => {
  expect(worker({ instanceTypes: [] })).toEqual(["nodeGroups.worker.instanceTypes: none"]);
  expect(worker({ instanceTypes: ["m7g.large", "m7i.large"] })).toEqual([
    "nodeGroups.worker.instanceTypes: arm64 and x86_64 in m7g.large, m7i.large",
  ]);
  expect(worker({ instanceTypes: ["m7g.large", "c7g.large"] })).toEqual([
    "nodeGroups.worker.instanceTypes: m7g.large, c7g.large",
  ]);
  expect(worker({ instanceTypes: ["m7g.large", "t4g.large"] })).toEqual([]);
});

test.each(["t2.large", "m4.large", "m5.large", "p4d.24xlarge", "large"])("%s is refused", (type) => {
  expect(worker({ instanceTypes: [type] })).toEqual([`nodeGroups.worker.instanceTypes: "${type}"`]);
});

test("spot capacity wants four types, each counted once", () => {
  const instanceTypes = ["m6g.large", "m7g.large", "m8g.large", "m8g.large"];
  expect(worker({ capacityType: "spot", instanceTypes })).toEqual([
    "nodeGroups.worker.instanceTypes: 3 for spot capacity",
  ]);
  expect(worker({ capacityType: "spot", instanceTypes: [...instanceTypes, "m6gd.large"] })).toEqual([]);
});
