import { expect, test } from "vitest";
import { clusterProblems } from "./check.ts";
import { type ClusterSettings, checkClusterSettings } from "./index.ts";
import { baseArgs, type ClusterChanges, planCluster } from "./test/plan-cluster.ts";

function problems(changes: ClusterChanges = {}, hasProvider = true): string[] {
  const args = { ...baseArgs, ...changes, settings: { ...baseArgs.settings, ...changes.settings } };
  return clusterProblems(args, hasProvider).map(({ argument, given }) => `${argument}: ${given}`);
}

function settingsProblems(changes: Partial<ClusterSettings> = {}, today?: Date): string[] {
  return checkClusterSettings({ ...baseArgs.settings, ...changes }, 3, today).map(
    ({ argument, given }) => `${argument}: ${given}`,
  );
}

test("a correct cluster has no problem", () => {
  expect(problems()).toEqual([]);
});

test("one message lists all problems, and no resource is created", async () => {
  const { nodeGroups } = baseArgs.settings;
  const attempt = planCluster({
    clusterName: "Task_Prod",
    nodeSubnetIds: { "use1-az1": "subnet-1" },
    administrators: {},
    operatorCidrs: ["0.0.0.0/0"],
    settings: {
      version: "1.29",
      publicEndpoint: true,
      deletionProtected: false,
      nodeGroups: { ...nodeGroups, worker: { ...nodeGroups.worker, minNodes: 0 } },
    },
  });
  const text = await attempt.then(
    () => "",
    (error: Error) => error.message,
  );
  expect(text).toContain('cluster "main": 8 problems, nothing was created.');
  for (const argument of [
    "settings.version",
    "settings.nodeGroups.worker.minNodes",
    "settings.deletionProtected",
    "clusterName",
    "nodeSubnetIds",
    "operatorCidrs[0]",
    "administrators",
  ]) {
    expect(text).toContain(`- ${argument}: got `);
  }
});

test("a cluster without a provider is refused, because the plugin would choose one", () => {
  expect(problems({}, false)).toEqual(["opts.provider: none"]);
});

test.each([
  ["0.0.0.0/0", "the whole internet"],
  ["0.0.0.0/1", "half of it"],
  ["198.0.0.0/8", "wider than any operator"],
  ["203.0.113.7/24", "not from its first address"],
  ["10.1.0.0/16", "private addresses"],
  ["100.64.0.0/16", "shared addresses of carriers"],
  ["office", "no range"],
])("the public endpoint does not admit %s: %s", (cidr) => {
  expect(problems({ operatorCidrs: [cidr], settings: { publicEndpoint: true } })).toEqual([
    `operatorCidrs[0]: "${cidr}"`,
  ]);
});

test.each([
  ["203.0.113.0/24", "a public range"],
  ["10.0.0.0/8", "wider than a company network"],
  ["10.90.4.1/24", "not from its first address"],
  ["sg-runners", "no id of a security group"],
])("the private endpoint does not admit %s: %s", (caller) => {
  expect(problems({ apiServerCallers: ["10.90.4.0/24", caller] })).toEqual([
    `apiServerCallers[1]: "${caller}"`,
  ]);
});

test("without a public endpoint somebody must be admitted, or no deploy reaches the API server", () => {
  expect(problems({ apiServerCallers: [] })).toEqual(["apiServerCallers: none"]);
  expect(problems({ apiServerCallers: [], settings: { publicEndpoint: true } })).toEqual([]);
});

test("a public endpoint without ranges is refused, and ranges without a public endpoint are not checked", () => {
  expect(problems({ operatorCidrs: [], settings: { publicEndpoint: true } })).toEqual([
    "operatorCidrs: none",
  ]);
  expect(problems({ operatorCidrs: ["0.0.0.0/0"] })).toEqual([]);
});

test.each([
  ["arn:aws:iam::999999999999:role/deploy", "a role of another account"],
  ["arn:aws:iam::123456789012:user/alice", "a user"],
  ["arn:aws:iam::123456789012:root", "the root of the account"],
  ["arn:aws:iam::123456789012:role/*", "every role"],
  ["arn:aws:sts::123456789012:assumed-role/deploy/session", "a session"],
])("%s cannot administer: %s", (arn) => {
  expect(problems({ administrators: { deploy: arn } })).toEqual([`administrators.deploy: "${arn}"`]);
});

test("a role cannot administer twice, and a key is a plain word", () => {
  const role = "arn:aws:iam::123456789012:role/deploy";
  expect(problems({ administrators: { deploy: role, ci: role } })).toEqual([
    "administrators.ci: the role of administrators.deploy",
  ]);
  expect(problems({ administrators: { "The CI": role } })).toEqual([
    'administrators.The CI: the key "The CI"',
  ]);
});

test("deletion protection must agree with the removal policy", () => {
  expect(problems({ removal: "remove" })).toEqual(['settings.deletionProtected: true with removal "remove"']);
  expect(problems({ settings: { deletionProtected: false } })).toEqual([
    'settings.deletionProtected: false with removal "retain-all"',
  ]);
  expect(problems({ removal: "retain-data" })).toEqual([
    'settings.deletionProtected: true with removal "retain-data"',
  ]);
  expect(problems({ removal: "retain-data", settings: { deletionProtected: false } })).toEqual([]);
});

test("nodes and control plane are in the same zones, two or more", () => {
  expect(problems({ nodeSubnetIds: { "use1-az1": "a", "use1-az2": "b" } })).toEqual([
    "nodeSubnetIds: zones use1-az1, use1-az2",
  ]);
  const one = { "use1-az1": "a" };
  expect(problems({ nodeSubnetIds: one, controlPlaneSubnetIds: one })).toEqual([
    "nodeSubnetIds: use1-az1",
    "controlPlaneSubnetIds: use1-az1",
  ]);
});

test.each<[Partial<ClusterSettings>, string]>([
  ...["1.34", "1.99", "latest", "toString"].map((version): [Partial<ClusterSettings>, string] => [
    { version },
    `version: "${version}"`,
  ]),
  // Too large, too small, public, not from its first address, not IPv4.
  ...["172.16.0.0/11", "10.0.0.0/25", "8.8.0.0/16", "172.20.1.0/16", "fd00::/108"].map(
    (serviceCidr): [Partial<ClusterSettings>, string] => [{ serviceCidr }, `serviceCidr: "${serviceCidr}"`],
  ),
  [{ logArchiveDays: 90 }, "logArchiveDays: 90"],
  [{ logArchiveDays: -1 }, "logArchiveDays: -1"],
  [{ logArchiveDays: 365.5 }, "logArchiveDays: 365.5"],
  [{ logRetentionDays: 100 }, "logRetentionDays: 100"],
])("settings with %j are refused", (changes, problem) => {
  expect(settingsProblems(changes)).toEqual([problem]);
});

test("an archive may be longer than the log group, or absent", () => {
  expect(settingsProblems({ logArchiveDays: 400 })).toEqual([]);
  expect(settingsProblems({ logRetentionDays: 365, logArchiveDays: 0 })).toEqual([]);
});

test("with a date, a minor is refused from 60 days before its standard support ends", () => {
  expect(settingsProblems({}, new Date("2027-06-01T00:00:00Z"))).toEqual([]);
  expect(settingsProblems({}, new Date("2027-06-05T00:00:00Z"))).toEqual([
    'version: "1.36", 58 days before its standard support ends on 2027-08-02',
  ]);
  expect(settingsProblems({}, new Date("2027-08-03T00:00:00Z"))).toHaveLength(1);
});
