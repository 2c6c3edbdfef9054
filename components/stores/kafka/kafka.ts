import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { createAlarms } from "../../base/alarms/index.ts";
import { dataOptions, type Removal, refuse } from "../../base/core/index.ts";
import { type ConsumerGroup, kafkaAlarmSpecs } from "./alarm-specs.ts";
import { brokerProperties } from "./broker-properties.ts";
import { checkKafkaSettings } from "./check-settings.ts";
import { createKafkaFirewall } from "./firewall.ts";
import { admitReplicator, connectivity } from "./replication.ts";
import type { KafkaSettings } from "./settings.ts";
import { fullestPercent } from "./storage.ts";
import { storageMode } from "./tiering.ts";
import { type TopicSpec, topicConfigs } from "./topics.ts";

export interface KafkaArgs {
  readonly settings: KafkaSettings;
  readonly removal: Removal;
  readonly vpcId: pulumi.Input<string>;
  /** One subnet a zone, by zone; its keys are the zones brokers are spread over. Changing it replaces the cluster. */
  readonly subnetIds: Readonly<Record<string, pulumi.Input<string>>>;
  /** Encrypts the volumes. Changing it replaces the cluster. */
  readonly keyArn: pulumi.Input<string>;
  readonly logKeyArn: pulumi.Input<string>;
  readonly alarmTopicArn: pulumi.Input<string>;
  /** Groups that may connect on 9098, by a stable key. */
  readonly clientSecurityGroupIds: Readonly<Record<string, pulumi.Input<string>>>;
  readonly topics: readonly TopicSpec[];
  /** Groups whose lag is watched, with the topics they read. */
  readonly consumerGroups: readonly ConsumerGroup[];
  /** Group of the Prometheus scraper; opens 11001 and 11002. @default none */
  readonly monitoringSecurityGroupId?: pulumi.Input<string>;
  /** Bucket for broker logs beyond the life of the log group. @default none */
  readonly logBucketName?: pulumi.Input<string>;
}

/**
 * A Kafka cluster (MSK, KRaft, Standard brokers) with its topics.
 *
 * Guarantees: TLS only, IAM only, encrypted with the given key, never public; two in-sync copies of three before a
 * write counts; no topic appears by accident; volumes grow on their own up to their ceiling; every broker and every
 * consumer group has alarms. Topics are made through the control plane, so no network path into the VPC is needed.
 * Replaced by: subnets, key. Brokers can be added in place, never removed; a first creation takes about half an hour.
 */
export class Kafka extends pulumi.ComponentResource {
  /** `host:9098,…`, one address a broker, for SASL OAUTHBEARER over TLS. */
  readonly bootstrapBrokers: pulumi.Output<string>;
  readonly clusterArn: pulumi.Output<string>;
  /** Dimension `Cluster Name` of every metric. */
  readonly clusterName: pulumi.Output<string>;
  readonly securityGroupId: pulumi.Output<string>;
  /** Names of the topics, by name; waiting for one waits for the topic. */
  readonly topicNames: Readonly<Record<string, pulumi.Output<string>>>;

  constructor(name: string, args: KafkaArgs, opts?: pulumi.ComponentResourceOptions) {
    super("task-platform:kafka:Kafka", name, {}, opts);
    const zones = Object.keys(args.subnetIds).sort();
    refuse(`kafka "${name}"`, checkKafkaSettings(args.settings, args.topics, zones), this);

    const securityGroup = createKafkaFirewall(name, args, this);
    const logGroup = createLogGroup(name, args, this);
    const configuration = createConfiguration(name, this);
    const cluster = createCluster(name, args, { securityGroup, logGroup, configuration }, this);
    createStorageScaling(name, args.settings, cluster, this);
    if (args.settings.replication === "source") admitReplicator(name, cluster, this);
    const topics = createTopics(name, args, cluster, this);
    const specs = kafkaAlarmSpecs(cluster.clusterName, args.settings.brokers, args.consumerGroups);
    createAlarms(name, specs, { topicArn: args.alarmTopicArn }, this);

    this.bootstrapBrokers = cluster.bootstrapBrokersSaslIam;
    this.clusterArn = cluster.arn;
    this.clusterName = cluster.clusterName;
    this.securityGroupId = securityGroup.id;
    this.topicNames = Object.fromEntries(Object.entries(topics).map(([key, topic]) => [key, topic.name]));
    this.registerOutputs({
      bootstrapBrokers: this.bootstrapBrokers,
      clusterArn: this.clusterArn,
      clusterName: this.clusterName,
      securityGroupId: this.securityGroupId,
      topicNames: this.topicNames,
    });
  }
}

function createLogGroup(name: string, args: KafkaArgs, parent: pulumi.Resource): aws.cloudwatch.LogGroup {
  return new aws.cloudwatch.LogGroup(
    `${name}-broker-logs`,
    {
      // Under this prefix the delivery service needs no line in the account's one, size-limited resource policy.
      namePrefix: `/aws/vendedlogs/msk/${name}-`,
      retentionInDays: args.settings.logRetentionDays,
      kmsKeyId: args.logKeyArn,
    },
    { parent },
  );
}

function createConfiguration(name: string, parent: pulumi.Resource): aws.msk.Configuration {
  // No `kafkaVersions`: naming them would replace the configuration at every upgrade of the cluster that uses it.
  return new aws.msk.Configuration(
    name,
    {
      description: "Durability before availability; no accidental topics.",
      serverProperties: brokerProperties(),
    },
    { parent },
  );
}

interface ClusterParts {
  readonly securityGroup: aws.ec2.SecurityGroup;
  readonly logGroup: aws.cloudwatch.LogGroup;
  readonly configuration: aws.msk.Configuration;
}

function createCluster(
  name: string,
  args: KafkaArgs,
  parts: ClusterParts,
  parent: pulumi.Resource,
): aws.msk.Cluster {
  const { settings } = args;
  return new aws.msk.Cluster(
    name,
    {
      kafkaVersion: settings.version,
      numberOfBrokerNodes: settings.brokers,
      // Said even where it is the default: who takes tiers out of a page hears from the service that it cannot be.
      storageMode: storageMode(settings),
      brokerNodeGroupInfo: {
        instanceType: settings.instanceType,
        // By zone, so that the order in which a caller lists them is no difference.
        clientSubnets: Object.entries(args.subnetIds)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([, id]) => id),
        securityGroups: [parts.securityGroup.id],
        storageInfo: { ebsStorageInfo: { volumeSize: settings.storageGiBPerBroker } },
        connectivityInfo: connectivity(settings),
      },
      configurationInfo: {
        arn: parts.configuration.arn,
        revision: parts.configuration.latestRevision,
      },
      clientAuthentication: { sasl: { iam: true }, unauthenticated: false },
      encryptionInfo: {
        encryptionAtRestKmsKeyArn: args.keyArn,
        encryptionInTransit: { clientBroker: "TLS", inCluster: true },
      },
      enhancedMonitoring: settings.monitoring,
      openMonitoring: {
        prometheus: {
          jmxExporter: { enabledInBroker: settings.openMonitoring },
          nodeExporter: { enabledInBroker: settings.openMonitoring },
        },
      },
      loggingInfo: { brokerLogs: brokerLogs(name, args, parts.logGroup) },
    },
    {
      parent,
      ...dataOptions(args.removal),
      // Autoscaling grows the volumes behind the program's back; without this every plan would want to shrink them.
      ignoreChanges: autoscales(settings)
        ? ["brokerNodeGroupInfo.storageInfo.ebsStorageInfo.volumeSize"]
        : [],
      // An upgrade restarts brokers one by one, about a quarter of an hour each, and waits for copies to catch up.
      customTimeouts: { create: "90m", update: "5h", delete: "60m" },
    },
  );
}

function brokerLogs(name: string, args: KafkaArgs, logGroup: aws.cloudwatch.LogGroup) {
  return {
    cloudwatchLogs: { enabled: true, logGroup: logGroup.name },
    ...(args.logBucketName === undefined
      ? {}
      : { s3: { enabled: true, bucket: args.logBucketName, prefix: `msk/${name}/` } }),
  };
}

/** A ceiling at the first size means a fixed size. */
function autoscales(settings: KafkaSettings): boolean {
  return settings.maxStorageGiBPerBroker > settings.storageGiBPerBroker;
}

function createStorageScaling(
  name: string,
  settings: KafkaSettings,
  cluster: aws.msk.Cluster,
  parent: pulumi.Resource,
): void {
  if (!autoscales(settings)) return;
  const target = new aws.appautoscaling.Target(
    `${name}-storage`,
    {
      serviceNamespace: "kafka",
      resourceId: cluster.arn,
      scalableDimension: "kafka:broker-storage:VolumeSize",
      minCapacity: settings.storageGiBPerBroker,
      maxCapacity: settings.maxStorageGiBPerBroker,
    },
    { parent },
  );
  new aws.appautoscaling.Policy(
    `${name}-storage`,
    {
      policyType: "TargetTrackingScaling",
      serviceNamespace: target.serviceNamespace,
      resourceId: target.resourceId,
      scalableDimension: target.scalableDimension,
      targetTrackingScalingPolicyConfiguration: {
        predefinedMetricSpecification: { predefinedMetricType: "KafkaBrokerStorageUtilization" },
        targetValue: fullestPercent,
        // A volume cannot shrink; the service refuses the policy without this.
        disableScaleIn: true,
      },
    },
    { parent },
  );
}

function createTopics(
  name: string,
  args: KafkaArgs,
  cluster: aws.msk.Cluster,
  parent: pulumi.Resource,
): Readonly<Record<string, aws.msk.Topic>> {
  return Object.fromEntries(
    args.topics.map((topic) => [
      topic.name,
      new aws.msk.Topic(
        `${name}-topic-${topic.name}`,
        {
          // Fixed: clients and IAM policies name topics.
          name: topic.name,
          clusterArn: cluster.arn,
          partitionCount: topic.partitions,
          replicationFactor: topic.replicationFactor,
          configs: topicConfigs(topic, args.settings),
        },
        { parent, ...dataOptions(args.removal) },
      ),
    ]),
  );
}
