import { expect, test } from "vitest";
import { type Plan, planProgram } from "../../../tools/plan/index.ts";
import { Kafka, type KafkaArgs } from "./index.ts";

const args: KafkaArgs = {
  settings: {
    version: "4.1.x.kraft",
    instanceType: "kafka.m7g.large",
    brokers: 3,
    storageGiBPerBroker: 100,
    maxStorageGiBPerBroker: 400,
    tiering: "none",
    monitoring: "PER_TOPIC_PER_BROKER",
    openMonitoring: true,
    logRetentionDays: 30,
    averageEventsPerSecond: 100,
    averageEventBytes: 1000,
    replication: "none",
  },
  clusterName: "task-test-events",
  removal: "retain-data",
  vpcId: "vpc-1",
  subnetIds: { "us-east-1b": "subnet-b", "us-east-1a": "subnet-a", "us-east-1c": "subnet-c" },
  keyArn: "arn:aws:kms:us-east-1:111122223333:key/data",
  logKeyArn: "arn:aws:kms:us-east-1:111122223333:key/logs",
  alarmTopicArn: "arn:aws:sns:us-east-1:111122223333:alarms",
  clientSecurityGroupIds: { nodes: "sg-nodes" },
  topics: [
    { name: "task-events", partitions: 6, replicationFactor: 3, minInSyncReplicas: 2, retentionHours: 168 },
  ],
  consumerGroups: [{ name: "workers", topics: ["task-events"] }],
};

function plan(change: Partial<KafkaArgs> = {}): Promise<Plan> {
  return planProgram(() => {
    const kafka = new Kafka("events", { ...args, ...change });
    return {
      bootstrapBrokers: kafka.bootstrapBrokers,
      clusterArn: kafka.clusterArn,
      clusterName: kafka.clusterName,
      topicNames: kafka.topicNames,
    };
  });
}

test("the cluster accepts only TLS with IAM, is encrypted and private, and has its subnets in zone order", async () => {
  const planned = await plan();
  const cluster = planned.one("aws:msk/cluster:Cluster");
  const group = planned.one("aws:ec2/securityGroup:SecurityGroup");
  const configuration = planned.one("aws:msk/configuration:Configuration");
  const logs = planned.one("aws:cloudwatch/logGroup:LogGroup");
  expect(cluster.inputs).toEqual({
    clusterName: "task-test-events",
    kafkaVersion: "4.1.x.kraft",
    numberOfBrokerNodes: 3,
    storageMode: "LOCAL",
    brokerNodeGroupInfo: {
      instanceType: "kafka.m7g.large",
      clientSubnets: ["subnet-a", "subnet-b", "subnet-c"],
      securityGroups: [group.id],
      storageInfo: { ebsStorageInfo: { volumeSize: 100 } },
      connectivityInfo: { publicAccess: { type: "DISABLED" } },
    },
    configurationInfo: { arn: configuration.outputs.arn, revision: 1 },
    clientAuthentication: { sasl: { iam: true }, unauthenticated: false },
    encryptionInfo: {
      encryptionAtRestKmsKeyArn: "arn:aws:kms:us-east-1:111122223333:key/data",
      encryptionInTransit: { clientBroker: "TLS", inCluster: true },
    },
    enhancedMonitoring: "PER_TOPIC_PER_BROKER",
    openMonitoring: {
      prometheus: { jmxExporter: { enabledInBroker: true }, nodeExporter: { enabledInBroker: true } },
    },
    loggingInfo: { brokerLogs: { cloudwatchLogs: { enabled: true, logGroup: logs.outputs.name } } },
  });
  expect(logs.inputs).toEqual({
    namePrefix: "/aws/vendedlogs/msk/events-",
    retentionInDays: 30,
    kmsKeyId: "arn:aws:kms:us-east-1:111122223333:key/logs",
  });
});

test("a cluster that is replicated opens private connectivity for MSK and for nobody else", async () => {
  const planned = await plan({ settings: { ...args.settings, replication: "source" } });
  const cluster = planned.one("aws:msk/cluster:Cluster");
  const { brokerNodeGroupInfo } = cluster.inputs as { brokerNodeGroupInfo: { connectivityInfo: unknown } };
  expect(brokerNodeGroupInfo.connectivityInfo).toEqual({
    publicAccess: { type: "DISABLED" },
    vpcConnectivity: { clientAuthentication: { sasl: { iam: true } } },
  });
  const { clusterArn, policy } = planned.one("aws:msk/clusterPolicy:ClusterPolicy").inputs;
  expect(clusterArn).toBe(cluster.outputs.arn);
  expect(JSON.parse(String(policy)).Statement).toEqual([
    {
      Sid: "Replicator",
      Effect: "Allow",
      Principal: { Service: ["kafka.amazonaws.com"] },
      Action: ["kafka:CreateVpcConnection", "kafka:DescribeClusterV2", "kafka:GetBootstrapBrokers"],
      Resource: cluster.outputs.arn,
    },
  ]);
  expect((await plan()).all("aws:msk/clusterPolicy:ClusterPolicy")).toEqual([]);
});

test("broker logs also go to a bucket if one is given", async () => {
  const planned = await plan({ logBucketName: "logs" });
  const { loggingInfo } = planned.one("aws:msk/cluster:Cluster").inputs as {
    loggingInfo: { brokerLogs: { s3: unknown } };
  };
  expect(loggingInfo.brokerLogs.s3).toEqual({ enabled: true, bucket: "logs", prefix: "msk/events/" });
});

test("only the group of the brokers and the named client groups reach port 9098", async () => {
  const planned = await plan();
  const group = planned.one("aws:ec2/securityGroup:SecurityGroup");
  const rules = planned.all("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule");
  const port = { securityGroupId: group.id, ipProtocol: "tcp", fromPort: 9098, toPort: 9098 };
  expect(Object.fromEntries(rules.map(({ name, inputs }) => [name, inputs]))).toEqual({
    "events-ingress-client-nodes": {
      ...port,
      description: "Kafka clients: nodes.",
      referencedSecurityGroupId: "sg-nodes",
    },
    "events-ingress-self": {
      ...port,
      description: "Members of the group, such as a replicator, as clients.",
      referencedSecurityGroupId: group.id,
    },
  });
  expect(planned.all("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule")).toEqual([]);
  expect(group.inputs).toEqual({
    description: "Brokers of events.",
    vpcId: "vpc-1",
    tags: { Name: "events-brokers" },
  });
});

test("the scraper reaches the exporters if its group is given", async () => {
  const planned = await plan({ monitoringSecurityGroupId: "sg-prometheus" });
  const group = planned.one("aws:ec2/securityGroup:SecurityGroup");
  const rule = planned.one(
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    "events-ingress-monitoring",
  );
  expect(rule.inputs).toEqual({
    securityGroupId: group.id,
    referencedSecurityGroupId: "sg-prometheus",
    description: "Prometheus: JMX and node exporters.",
    ipProtocol: "tcp",
    fromPort: 11_001,
    toPort: 11_002,
  });
});

test("volumes grow from 70 % up to the ceiling, and no later plan shrinks them", async () => {
  const planned = await plan();
  const cluster = planned.one("aws:msk/cluster:Cluster");
  expect(cluster.options.ignoreChanges).toEqual([
    "clusterName",
    "brokerNodeGroupInfo.storageInfo.ebsStorageInfo.volumeSize",
  ]);
  const scaled = {
    serviceNamespace: "kafka",
    resourceId: cluster.outputs.arn,
    scalableDimension: "kafka:broker-storage:VolumeSize",
  };
  expect(planned.one("aws:appautoscaling/target:Target").inputs).toEqual({
    ...scaled,
    minCapacity: 100,
    maxCapacity: 400,
  });
  expect(planned.one("aws:appautoscaling/policy:Policy").inputs).toEqual({
    ...scaled,
    policyType: "TargetTrackingScaling",
    targetTrackingScalingPolicyConfiguration: {
      predefinedMetricSpecification: { predefinedMetricType: "KafkaBrokerStorageUtilization" },
      targetValue: 70,
      disableScaleIn: true,
    },
  });
});

test("a ceiling equal to the initial size means a fixed size that the program owns", async () => {
  const planned = await plan({ settings: { ...args.settings, storageGiBPerBroker: 400 } });
  expect(planned.all("aws:appautoscaling/target:Target")).toEqual([]);
  expect(planned.one("aws:msk/cluster:Cluster").options.ignoreChanges).toEqual(["clusterName"]);
});

test("topics are created on the cluster, with tiers if the cluster has them", async () => {
  const tiering = { localRetentionHours: 12 };
  const planned = [await plan(), await plan({ settings: { ...args.settings, tiering } })];
  const modes = planned.map((one) => {
    const { storageMode } = one.one("aws:msk/cluster:Cluster").inputs;
    const { clusterArn, configs } = one.one("aws:msk/topic:Topic", "events-topic-task-events").inputs;
    expect(clusterArn).toBe(one.one("aws:msk/cluster:Cluster").outputs.arn);
    return [storageMode, (JSON.parse(String(configs)) as Record<string, string>)["local.retention.ms"]];
  });
  expect(modes).toEqual([
    ["LOCAL", undefined],
    ["TIERED", "43200000"],
  ]);
});

test.each([
  ["retain-data", true],
  ["remove", false],
] as const)("with removal %s a destroy keeps the cluster and its topics: %s", async (removal, kept) => {
  const planned = await plan({ removal });
  const options = ["aws:msk/cluster:Cluster", "aws:msk/topic:Topic"].map((type) => planned.one(type).options);
  expect(options.map(({ protect, retainOnDelete }) => [protect, retainOnDelete])).toEqual([
    [kept, kept],
    [kept, kept],
  ]);
});

test("there is one alarm per metric of the cluster, each broker and each group, all sent to the topic", async () => {
  const alarms = (await plan()).all("aws:cloudwatch/metricAlarm:MetricAlarm");
  // 3 of the cluster, 4 of each of 3 brokers, 2 of the group on its topic.
  expect(alarms.length).toBe(17);
  expect(new Set(alarms.flatMap((alarm) => alarm.inputs.alarmActions))).toEqual(
    new Set(["arn:aws:sns:us-east-1:111122223333:alarms"]),
  );
});

test("clients get one address per broker, the ARN and name of the cluster, and the names of the topics", async () => {
  const planned = await plan();
  const cluster = planned.one("aws:msk/cluster:Cluster");
  expect(planned.outputs).toEqual({
    bootstrapBrokers: cluster.outputs.bootstrapBrokersSaslIam,
    clusterArn: cluster.outputs.arn,
    clusterName: cluster.outputs.clusterName,
    topicNames: { "task-events": "task-events" },
  });
  expect(String(cluster.outputs.bootstrapBrokersSaslIam).match(/:9098/g)?.length).toBe(3);
});

test("wrong settings are refused together, before anything is created", async () => {
  const settings = { ...args.settings, version: "2.8.1", brokers: 2 };
  await expect(plan({ settings })).rejects.toThrow(
    /kafka "events": 3 problems, nothing was created\.\n {2}- version: got "2\.8\.1"/,
  );
});
