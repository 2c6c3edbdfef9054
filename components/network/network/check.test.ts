import { expect, test } from "vitest";
import { planProgram } from "../../../tools/plan/index.ts";
import { checkNetworkSettings, Network, type NetworkSettings } from "./index.ts";

const settings: NetworkSettings = {
  cidr: "10.30.0.0/16",
  zones: [
    { id: "use1-az1", slot: 0 },
    { id: "use1-az2", slot: 1 },
  ],
  nat: "single",
  interfaceEndpoints: [],
  publicAccessBlock: "elsewhere",
  flowLogs: { aggregationSeconds: 600, retentionDays: 7 },
};

function problems(changes: Partial<NetworkSettings>, region = "us-east-1"): string[] {
  return checkNetworkSettings({ ...settings, ...changes }, region).map(
    ({ argument, given }) => `${argument}: ${given}`,
  );
}

test("valid settings have no problem", () => {
  expect(problems({})).toEqual([]);
});

test.each(["10.30.0.0/17", "10.30.0.0/15", "10.30.1.0/16", "10.300.0.0/16", "network"])(
  "%s cannot hold the tiers of four zones, so it is refused",
  (cidr) => {
    expect(problems({ cidr })).toEqual([`cidr: "${cidr}"`]);
  },
);

test("one zone is too few and five are more than there are slots", () => {
  expect(problems({ zones: [{ id: "use1-az1", slot: 0 }] })).toEqual(["zones: 1"]);
  const five = [1, 2, 4, 5, 6].map((number, slot) => ({ id: `use1-az${number}`, slot }));
  expect(problems({ zones: five })).toEqual(["zones: 5", "zones[4].slot: 4"]);
});

test("a zone that EKS and MSK refuse is refused before they do", () => {
  const zones = [
    { id: "use1-az1", slot: 0 },
    { id: "use1-az3", slot: 1 },
  ];
  expect(problems({ zones })).toEqual(["zones[1].id: use1-az3"]);
});

test("a zone name, and a zone id of another region, are refused", () => {
  const zones = [
    { id: "us-east-1a", slot: 0 },
    { id: "euw1-az1", slot: 1 },
  ];
  expect(problems({ zones })).toEqual(["zones[0].id: us-east-1a", "zones[1].id: euw1-az1"]);
});

test.each([
  ["us-west-2", "usw2-az1 to usw2-az6"],
  ["ap-southeast-1", "apse1-az1 to apse1-az6"],
  ["ca-central-1", "cac1-az1 to cac1-az6"],
])("zones that are all of one other region than %s are one problem", (region, form) => {
  expect(checkNetworkSettings(settings, region)).toMatchObject([
    { argument: "zones", given: "use1-az1, use1-az2", allowed: `zones of region "${region}" (${form})` },
  ]);
});

test("two zones cannot share a slot, and one zone cannot have two slots", () => {
  const zones = [
    { id: "use1-az1", slot: 0 },
    { id: "use1-az2", slot: 0 },
    { id: "use1-az1", slot: 2 },
  ];
  expect(problems({ zones })).toEqual([
    "zones[1]: use1-az2 in slot 0, like use1-az1 in slot 0",
    "zones[2]: use1-az1 in slot 2, like use1-az1 in slot 0",
  ]);
});

test("a retention below one day is refused", () => {
  expect(problems({ flowLogs: { aggregationSeconds: 60, retentionDays: 0 } })).toEqual([
    "flowLogs.retentionDays: 0",
  ]);
});

test("all problems are in one message, and nothing is created", async () => {
  const attempt = planProgram(() => {
    new Network("main", {
      settings: { ...settings, cidr: "10.30.0.0/20", zones: [{ id: "use1-az3", slot: 9 }] },
      accountId: "123456789012",
      region: "us-east-1",
      clusterName: "task-test",
      removal: "remove",
      flowLogBucketArn: "arn:aws:s3:::flow-logs",
      alarmTopicArn: "arn:aws:sns:us-east-1:123456789012:alarms",
    });
  });
  await expect(attempt).rejects.toThrow(
    /network "main": 4 problems, nothing was created\.\n.*cidr: .*\n.*zones: got 1;.*\n.*zones\[0\]\.id: .*\n.*zones\[0\]\.slot: /,
  );
});
