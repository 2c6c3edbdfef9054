import { expect, test } from "vitest";
import { planProgram } from "../../../tools/plan/index.ts";
import type { Removal } from "../../base/core/index.ts";
import { maintenanceWindow, snapshotWindow } from "./cache.ts";
import { cacheProblems } from "./check.ts";
import {
  Cache,
  type CacheArgs,
  type CacheSettings,
  cacheConnectStatement,
  checkCacheSettings,
} from "./index.ts";
import { accessString } from "./users.ts";

const base: CacheArgs = {
  settings: {
    version: "8.2",
    nodeType: "cache.r7g.large",
    replicas: 2,
    snapshotRetentionDays: 7,
    finalSnapshot: true,
    logRetentionDays: 90,
  },
  groupId: "task-test-queue",
  purpose: "queue",
  vpcId: "vpc-1",
  subnetIds: { "use1-az1": "subnet-1", "use1-az2": "subnet-2" },
  keyArn: "key-data",
  logKeyArn: "key-logs",
  alarmTopicArn: "topic",
  eventTopicArn: "topic-in-clear",
  clientSecurityGroupIds: { nodes: "sg-nodes" },
  applicationUser: { name: "task-test-application", keyPrefix: "task:" },
  removal: "retain-all",
};

type Changes = Partial<Omit<CacheArgs, "settings">> & { settings?: Partial<CacheSettings> };

async function planCache(changes: Changes = {}) {
  const args = { ...base, ...changes, settings: { ...base.settings, ...changes.settings } };
  return planProgram(() => {
    const cache = new Cache("queue", args);
    const { primaryAddress, readerAddress, port, replicationGroupId, userName, userArn, arn } = cache;
    return { primaryAddress, readerAddress, port, replicationGroupId, userName, userArn, arn };
  });
}

const groupType = "aws:elasticache/replicationGroup:ReplicationGroup";
const userType = "aws:elasticache/user:User";

test("The group fails over between zones, accepts only TLS, is encrypted, and changes in its window", async () => {
  const plan = await planCache();
  const { finalSnapshotIdentifier, ...inputs } = plan.one(groupType).inputs;
  const suffix = plan.one("random:index/randomId:RandomId");
  expect(finalSnapshotIdentifier).toBe(`task-test-queue-final-${suffix.outputs.hex}`);
  expect(inputs).toEqual({
    replicationGroupId: "task-test-queue",
    description: "Valkey queue of task-test-queue.",
    engine: "valkey",
    engineVersion: "8.2",
    nodeType: "cache.r7g.large",
    numCacheClusters: 3,
    automaticFailoverEnabled: true,
    multiAzEnabled: true,
    port: 6379,
    subnetGroupName: plan.one("aws:elasticache/subnetGroup:SubnetGroup").outputs.name,
    parameterGroupName: plan.one("aws:elasticache/parameterGroup:ParameterGroup").outputs.name,
    securityGroupIds: [plan.one("aws:ec2/securityGroup:SecurityGroup").outputs.id],
    userGroupIds: ["task-test-queue"],
    transitEncryptionEnabled: true,
    transitEncryptionMode: "required",
    atRestEncryptionEnabled: true,
    kmsKeyId: "key-data",
    autoMinorVersionUpgrade: true,
    applyImmediately: false,
    snapshotRetentionLimit: 7,
    snapshotWindow: "01:00-02:00",
    maintenanceWindow: "sun:05:30-sun:06:30",
    notificationTopicArn: "topic-in-clear",
    logDeliveryConfigurations: [
      {
        destination: "/aws/elasticache/task-test-queue/slow-log",
        destinationType: "cloudwatch-logs",
        logFormat: "json",
        logType: "slow-log",
      },
      {
        destination: "/aws/elasticache/task-test-queue/engine-log",
        destinationType: "cloudwatch-logs",
        logFormat: "json",
        logType: "engine-log",
      },
    ],
  });
});

test("One node has no failover, and without finalSnapshot there is no last snapshot", async () => {
  const plan = await planCache({ settings: { replicas: 0, finalSnapshot: false } });
  const { inputs } = plan.one(groupType);
  expect([inputs.numCacheClusters, inputs.automaticFailoverEnabled, inputs.multiAzEnabled]).toEqual([
    1,
    false,
    false,
  ]);
  expect(Object.hasOwn(inputs, "finalSnapshotIdentifier")).toBe(false);
});

test.each([
  ["queue", "noeviction"],
  ["cache", "allkeys-lru"],
] as const)("A %s has the policy %s and reserves 25 % of its memory", async (purpose, policy) => {
  const plan = await planCache({ purpose });
  const group = plan.one("aws:elasticache/parameterGroup:ParameterGroup");
  expect(group.name).toBe("queue-parameters-valkey8");
  expect([group.inputs.family, group.inputs.parameters]).toEqual([
    "valkey8",
    [
      { name: "maxmemory-policy", value: policy },
      { name: "reserved-memory-percent", value: "25" },
    ],
  ]);
});

test("The application signs in by IAM and uses only its prefix, and the default user is off", async () => {
  const plan = await planCache();
  expect(plan.one(userType, "queue-application").inputs).toEqual({
    userId: "task-test-application",
    userName: "task-test-application",
    engine: "valkey",
    accessString:
      "on ~task:* resetchannels &task:* -@all +@read +@write +@connection +@transaction +@scripting +@pubsub +@blocking -@dangerous -@admin +info",
    authenticationMode: { type: "iam" },
  });
  const disabled = plan.one(userType, "queue-default");
  expect([disabled.inputs.userName, disabled.inputs.accessString]).toEqual(["default", "off -@all"]);
  expect(disabled.secretInputs.length).toBeGreaterThan(0);
  expect(plan.one("aws:elasticache/userGroup:UserGroup").inputs).toEqual({
    userGroupId: "task-test-queue",
    engine: "valkey",
    userIds: ["default-task-test-queue", "task-test-application"],
  });
});

test("The access string allows the prefix for keys and channels, and never all of them", () => {
  expect(accessString("task:")).not.toMatch(/~\*|&\*|\+@all|\+@dangerous|\+@admin/);
});

test("Only the named security groups reach port 6379", async () => {
  const plan = await planCache();
  expect(
    plan.one("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "queue-ingress-nodes").inputs,
  ).toEqual({
    description: "Valkey from nodes.",
    securityGroupId: plan.one("aws:ec2/securityGroup:SecurityGroup").outputs.id,
    referencedSecurityGroupId: "sg-nodes",
    ipProtocol: "tcp",
    fromPort: 6379,
    toPort: 6379,
  });
});

test("Both logs have a log group with key and retention", async () => {
  const plan = await planCache();
  expect(plan.all("aws:cloudwatch/logGroup:LogGroup").map((group) => group.inputs)).toEqual([
    { name: "/aws/elasticache/task-test-queue/engine-log", retentionInDays: 90, kmsKeyId: "key-logs" },
    { name: "/aws/elasticache/task-test-queue/slow-log", retentionInDays: 90, kmsKeyId: "key-logs" },
  ]);
});

test.each<[Removal, boolean]>([
  ["remove", false],
  ["retain-data", true],
  ["retain-all", true],
])("With removal %s a destroy keeps the group: %s", async (removal, kept) => {
  const plan = await planCache({ removal });
  const { options } = plan.one(groupType);
  expect([options.protect ?? false, options.retainOnDelete ?? false]).toEqual([kept, kept]);
});

test("Every node has its whole alarm set, because any node may be the primary", async () => {
  const plan = await planCache();
  const alarms = plan.all("aws:cloudwatch/metricAlarm:MetricAlarm").map(({ inputs }) => {
    const { CacheClusterId } = inputs.dimensions as { CacheClusterId: string };
    const { metricName, threshold, evaluationPeriods, treatMissingData } = inputs;
    return [CacheClusterId, metricName, threshold, evaluationPeriods, treatMissingData].join(" ");
  });
  const node = (number: string) => [
    `task-test-queue-${number} CurrConnections 6500 3 notBreaching`,
    `task-test-queue-${number} EngineCPUUtilization 80 3 breaching`,
    `task-test-queue-${number} Evictions 0 1 notBreaching`,
    `task-test-queue-${number} ReplicationLag 10 3 notBreaching`,
    `task-test-queue-${number} DatabaseMemoryUsagePercentage 75 3 notBreaching`,
  ];
  expect(alarms).toEqual([...node("001"), ...node("002"), ...node("003")]);
});

test("A cache has an alarm only on many evictions, and one node has no alarm on lag", async () => {
  const plan = await planCache({ purpose: "cache", settings: { replicas: 0 } });
  const alarms = plan.all("aws:cloudwatch/metricAlarm:MetricAlarm");
  expect(alarms.map(({ inputs }) => [inputs.metricName, inputs.threshold])).toEqual([
    ["CurrConnections", 6500],
    ["EngineCPUUtilization", 80],
    ["Evictions", 5000],
    ["DatabaseMemoryUsagePercentage", 75],
  ]);
});

test("Pain 22: inputs that cannot change later are set from the start, and cluster mode is not", async () => {
  const plan = await planCache({ removal: "remove", settings: { replicas: 0 } });
  const { inputs } = plan.one(groupType);
  expect([inputs.transitEncryptionMode, inputs.atRestEncryptionEnabled, inputs.userGroupIds]).toEqual([
    "required",
    true,
    ["task-test-queue"],
  ]);
  const modes = ["authToken", "clusterMode", "numNodeGroups", "replicasPerNodeGroup", "durability"];
  expect(modes.filter((mode) => Object.hasOwn(inputs, mode))).toEqual([]);
});

test("Services get the addresses and the names for their tokens", async () => {
  const plan = await planCache();
  expect(plan.outputs).toEqual({
    primaryAddress: plan.one(groupType).outputs.primaryEndpointAddress,
    readerAddress: plan.one(groupType).outputs.readerEndpointAddress,
    port: 6379,
    replicationGroupId: "task-test-queue",
    userName: "task-test-application",
    userArn: "arn:aws:elasticache:us-east-1:123456789012:user:task-test-application",
    arn: "arn:aws:elasticache:us-east-1:123456789012:replicationgroup:task-test-queue",
  });
});

test("A principal connects to one group as one user", () => {
  expect(cacheConnectStatement("group-arn", "user-arn")).toEqual({
    sid: "ConnectToCache",
    actions: ["elasticache:Connect"],
    resources: ["group-arn", "user-arn"],
  });
});

test("Snapshots end before the backup of the database, and maintenance begins after that of the database", () => {
  expect([snapshotWindow, maintenanceWindow]).toEqual(["01:00-02:00", "sun:05:30-sun:06:30"]);
});

test.each([
  ["version", "7.0"],
  ["nodeType", "cache.t2.micro"],
  ["replicas", 6],
  ["replicas", -1],
  ["snapshotRetentionDays", 36],
  ["logRetentionDays", 2],
])("The setting %s is refused when it is %s", (argument, value) => {
  const problems = checkCacheSettings({ ...base.settings, [argument]: value } as CacheSettings);
  expect(problems.map((problem) => problem.argument)).toEqual([argument]);
});

test("Every wrong argument is named at once and nothing is created", async () => {
  const wrong = {
    ...base,
    settings: { ...base.settings, replicas: 9 },
    groupId: "Task_Queue",
    applicationUser: { name: "default", keyPrefix: "*" },
    subnetIds: {},
    clientSecurityGroupIds: {},
  };
  expect(cacheProblems(wrong).map(({ argument }) => argument)).toEqual([
    "settings.replicas",
    "groupId",
    "applicationUser.name",
    "applicationUser.keyPrefix",
    "subnetIds",
    "clientSecurityGroupIds",
  ]);
  await expect(planCache(wrong)).rejects.toThrow(/cache "queue": 6 problems, nothing was created\./);
});
