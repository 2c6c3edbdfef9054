import { expect, test } from "vitest";
import { planProgram } from "../../../tools/plan/index.ts";
import { Kafka, type KafkaSettings } from "../kafka/index.ts";
import { kafkaReplicatorProblems } from "./check.ts";
import { KafkaReplicator, type KafkaReplicatorArgs } from "./index.ts";

const settings: KafkaSettings = {
  version: "4.1.x.kraft",
  instanceType: "kafka.m7g.large",
  brokers: 3,
  storageGiBPerBroker: 200,
  maxStorageGiBPerBroker: 400,
  tiering: "none",
  monitoring: "PER_TOPIC_PER_BROKER",
  openMonitoring: true,
  logRetentionDays: 90,
  averageEventsPerSecond: 10,
  averageEventBytes: 600,
  replication: "none",
};
const topics = ["task-events", "task-events.task-processor.dlq"];
const source = "arn:aws:kafka:us-east-1:111111111111:cluster/events/1234-1";
const target = "arn:aws:kafka:eu-west-1:111111111111:cluster/copy/5678-2";
const base: KafkaReplicatorArgs = {
  replicatorName: "task-prod-to-dr",
  accountId: "111111111111",
  region: "eu-west-1",
  settings,
  source: { clusterArn: source, subnetIds: ["subnet-1", "subnet-2", "subnet-3"] },
  target: {
    clusterArn: target,
    vpcId: "vpc-copy",
    subnetIds: { "eu-west-1b": "subnet-b", "eu-west-1a": "subnet-a" },
    securityGroupId: "sg-brokers",
    topicNames: Object.fromEntries(topics.map((topic) => [topic, topic])),
  },
  topics,
  consumerGroups: ["task-processor"],
  logKeyArn: "key-logs",
  alarmTopicArn: "topic-alarms",
};

function planReplicator(changes: Partial<KafkaReplicatorArgs> = {}) {
  return planProgram(() => ({ arn: new KafkaReplicator("copy", { ...base, ...changes }).replicatorArn }));
}

const replicatorType = "aws:msk/replicator:Replicator";

test("Topics keep their names and groups their offsets, from the oldest event on, and settings are not copied", async () => {
  const plan = await planReplicator();
  const group = plan.one("aws:ec2/securityGroup:SecurityGroup");
  expect(plan.one(replicatorType).inputs).toEqual({
    replicatorName: "task-prod-to-dr",
    description: "Events of us-east-1 for the day it is lost.",
    serviceExecutionRoleArn: plan.one("aws:iam/role:Role").outputs.arn,
    kafkaClusters: [
      {
        amazonMskCluster: { mskClusterArn: source },
        vpcConfig: { subnetIds: ["subnet-1", "subnet-2", "subnet-3"] },
      },
      {
        amazonMskCluster: { mskClusterArn: target },
        vpcConfig: { subnetIds: ["subnet-a", "subnet-b"], securityGroupsIds: [group.id] },
      },
    ],
    replicationInfoList: {
      sourceKafkaClusterArn: source,
      targetKafkaClusterArn: target,
      targetCompressionType: "ZSTD",
      topicReplications: [
        {
          topicsToReplicates: ["task-events", "task-events\\.task-processor\\.dlq"],
          topicNameConfiguration: { type: "IDENTICAL" },
          startingPosition: { type: "EARLIEST" },
          detectAndCopyNewTopics: true,
          copyTopicConfigurations: false,
          copyAccessControlListsForTopics: false,
        },
      ],
      consumerGroupReplications: [
        {
          consumerGroupsToReplicates: ["task-processor"],
          synchroniseConsumerGroupOffsets: true,
          consumerGroupOffsetSyncMode: "LEGACY",
          detectAndCopyNewConsumerGroups: true,
        },
      ],
    },
    logDelivery: {
      replicatorLogDelivery: {
        cloudwatchLogs: {
          enabled: true,
          logGroup: plan.one("aws:cloudwatch/logGroup:LogGroup").outputs.name,
        },
      },
    },
  });
  expect(plan.outputs.arn).toBe(plan.one(replicatorType).outputs.arn);
});

test("The replicator waits for its permissions and rules, and a replacement waits until the name is free", async () => {
  const plan = await planReplicator();
  const { dependencies, deleteBeforeReplace, customTimeouts } = plan.one(replicatorType).options;
  for (const type of [
    "aws:iam/rolePolicy:RolePolicy",
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
  ]) {
    expect(dependencies).toContain(plan.one(type).urn);
  }
  expect(deleteBeforeReplace).toBe(true);
  expect(customTimeouts.create).toBe("90m");
});

test("The topics of the copy exist before anything is copied into them", async () => {
  const plan = await planProgram(() => {
    const kafka = new Kafka("events", {
      clusterName: "task-test-events",
      settings,
      removal: "remove",
      vpcId: "vpc-copy",
      subnetIds: { a: "subnet-a", b: "subnet-b", c: "subnet-c" },
      keyArn: "key",
      logKeyArn: "key-logs",
      alarmTopicArn: "topic-alarms",
      clientSecurityGroupIds: {},
      topics: topics.map((name) => ({
        name,
        partitions: 6,
        replicationFactor: 3,
        minInSyncReplicas: 2,
        retentionHours: 24,
      })),
      consumerGroups: [],
    });
    const { clusterArn, securityGroupId, topicNames } = kafka;
    new KafkaReplicator("copy", {
      ...base,
      target: { ...base.target, clusterArn, securityGroupId, topicNames },
    });
  });
  const { dependencies } = plan.one(replicatorType).options;
  const made = plan.all("aws:msk/topic:Topic").map(({ urn }) => urn);
  expect(made).toHaveLength(2);
  expect(dependencies).toEqual(expect.arrayContaining(made));
});

test("Only the service in this account takes the role, which reads the source and writes the target by full names", async () => {
  const plan = await planReplicator();
  const role = plan.one("aws:iam/role:Role").inputs.assumeRolePolicy;
  expect(JSON.parse(String(role)).Statement[0]).toMatchObject({
    Principal: { Service: ["kafka.amazonaws.com"] },
    Condition: { StringEquals: { "aws:SourceAccount": "111111111111" } },
  });
  const { policy } = plan.one("aws:iam/rolePolicy:RolePolicy").inputs;
  const { Statement } = JSON.parse(String(policy)) as { Statement: Record<string, unknown>[] };
  const of = (sid: string) => {
    const found = Statement.find(({ Sid }) => Sid === sid);
    return [found?.Action, found?.Resource];
  };
  const member = (arn: string, kind: string, name: string) =>
    `${arn.replace(":cluster/", `:${kind}/`)}/${name}`;
  const verbs = (...names: string[]) => names.map((name) => `kafka-cluster:${name}`);
  expect(Statement.map(({ Sid }) => Sid)).toEqual([
    "Clusters",
    "OwnTopics",
    "ReadSource",
    "SourceGroups",
    "WriteTarget",
    "TargetGroups",
  ]);
  expect(of("Clusters")).toEqual([
    verbs("Connect", "DescribeCluster", "WriteDataIdempotently"),
    [target, source],
  ]);
  expect(of("ReadSource")).toEqual([
    verbs("DescribeTopic", "DescribeTopicDynamicConfiguration", "ReadData"),
    topics.map((topic) => member(source, "topic", topic)),
  ]);
  expect(of("WriteTarget")).toEqual([
    verbs("CreateTopic", "DescribeTopic", "DescribeTopicDynamicConfiguration", "WriteData"),
    topics.map((topic) => member(target, "topic", topic)),
  ]);
  expect(of("SourceGroups")).toEqual([
    "kafka-cluster:DescribeGroup",
    member(source, "group", "task-processor"),
  ]);
  expect(of("TargetGroups")).toEqual([
    verbs("AlterGroup", "DescribeGroup"),
    [member(target, "group", "*__amazon_msk_replicator_*"), member(target, "group", "task-processor")],
  ]);
  // Only the topics of the service itself are patterns.
  expect(of("OwnTopics")[1]).toEqual(
    [target, source].flatMap((arn) =>
      ["*.checkpoints.internal", "*__amazon_msk_replicator_*", "mskr-offset-syncs.*"].map((name) =>
        member(arn, "topic", name),
      ),
    ),
  );
});

test("The replicator and the brokers reach each other only on the port of IAM clients", async () => {
  const plan = await planReplicator();
  const { id } = plan.one("aws:ec2/securityGroup:SecurityGroup");
  const port = { ipProtocol: "tcp", fromPort: 9098, toPort: 9098 };
  expect(plan.one("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule").inputs).toMatchObject({
    ...port,
    securityGroupId: id,
    referencedSecurityGroupId: "sg-brokers",
  });
  expect(plan.one("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule").inputs).toMatchObject({
    ...port,
    securityGroupId: "sg-brokers",
    referencedSecurityGroupId: id,
  });
});

test("Alarms fire if the copy is late, fails or cannot reach a cluster, even without samples", async () => {
  const plan = await planReplicator();
  const alarms = plan.all("aws:cloudwatch/metricAlarm:MetricAlarm");
  expect(
    alarms.map(({ name, inputs }) => [name, inputs.metricName, inputs.threshold, inputs.treatMissingData]),
  ).toEqual([
    ["copy-alarm-failures", "ReplicatorFailure", 0, "notBreaching"],
    ["copy-alarm-latency", "ReplicationLatency", 900_000, "notBreaching"],
    ["copy-alarm-source-unreachable", "KafkaClusterPingSuccessCount", 1, "breaching"],
    ["copy-alarm-target-unreachable", "KafkaClusterPingSuccessCount", 1, "breaching"],
  ]);
  const { replicationInfoList } = plan.one(replicatorType).outputs as {
    replicationInfoList: { sourceKafkaClusterAlias: string };
  };
  expect(alarms[2]?.inputs.dimensions).toEqual({
    ReplicatorName: "task-prod-to-dr",
    ClusterAlias: replicationInfoList.sourceKafkaClusterAlias,
  });
});

test("Every wrong argument is named at once and nothing is created", async () => {
  const wrong: KafkaReplicatorArgs = {
    ...base,
    replicatorName: "prod to dr",
    settings: { ...settings, instanceType: "kafka.t3.small", brokers: 2 },
    source: {
      clusterArn: source.replace("1111", "2222").replace("us-east-1", "eu-west-1"),
      subnetIds: ["one"],
    },
    topics: ["task-events", "task-events", "task-.*"],
    consumerGroups: [],
  };
  expect(kafkaReplicatorProblems(wrong).map(({ argument, given }) => `${argument}: ${given}`)).toEqual([
    'replicatorName: "prod to dr"',
    "source.clusterArn: a cluster of eu-west-1, the region of the copy",
    "source.clusterArn: a cluster of account 222211111111",
    "source.subnetIds: 1",
    'topics: "task-.*"',
    'topics: "task-events" more than once',
    'topics: "task-.*"',
    "consumerGroups: none",
    'settings.instanceType: "kafka.t3.small", for a cluster that is replicated',
    "settings.brokers: 2, for a cluster that is replicated",
  ]);
  await expect(planReplicator(wrong)).rejects.toThrow('replicator "copy": 10 problems, nothing was created');
  const [problem] = kafkaReplicatorProblems({ ...base, source: { ...base.source, clusterArn: "events" } });
  expect([problem?.argument, problem?.given]).toEqual(["source.clusterArn", '"events"']);
});
