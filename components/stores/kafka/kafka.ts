import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { createAlarms } from "../../base/alarms/index.ts";
import { dataOptions, refuse } from "../../base/core/index.ts";
import { createMskLogGroup, inZoneOrder } from "../../base/store-parts/index.ts";
import { createTopics } from "../kafka-topics/index.ts";
import { groupAlarms, kafkaAlarms } from "./alarms.ts";
import type { KafkaArgs } from "./args.ts";
import { brokerProperties } from "./broker-properties.ts";
import { checkKafkaSettings } from "./check.ts";
import { admitReplicator, connectivity } from "./replication.ts";
import { createBrokerSecurityGroup } from "./security-groups.ts";
import type { KafkaSettings } from "./settings.ts";
import { fullestPercent } from "./storage.ts";
import { storageMode } from "./tiering.ts";

/**
 * A Kafka cluster (MSK, KRaft, Standard brokers) with its topics.
 *
 * Guarantees: TLS only, IAM only, encrypted with the given key, never public; two of three in-sync copies confirm a
 * write; no topic is created by accident; volumes grow automatically up to their ceiling; every broker and every
 * consumer group has alarms. Changes of subnets or key replace the cluster. Brokers can be added in place, never
 * removed. The first creation takes about 30 minutes.
 */
export class Kafka extends pulumi.ComponentResource {
  /** `host:9098,…`, one address per broker, for SASL OAUTHBEARER over TLS. */
  readonly bootstrapBrokers: pulumi.Output<string>;
  readonly clusterArn: pulumi.Output<string>;
  /** Dimension `Cluster Name` of every metric. */
  readonly clusterName: pulumi.Output<string>;
  readonly securityGroupId: pulumi.Output<string>;
  /** Names of the topics, by name. Each is available after its topic. */
  readonly topicNames: Readonly<Record<string, pulumi.Output<string>>>;

  constructor(name: string, args: KafkaArgs, opts?: pulumi.ComponentResourceOptions) {
    super("task-platform:kafka:Kafka", name, {}, opts);
    const zones = Object.keys(args.subnetIds).sort();
    refuse(`kafka "${name}"`, checkKafkaSettings(args.settings, args.topics, zones), this);

    const securityGroup = createBrokerSecurityGroup(name, args, this);
    const logGroup = createMskLogGroup(
      `${name}-broker-logs`,
      { blockName: name, retentionDays: args.settings.logRetentionDays, keyArn: args.logKeyArn },
      this,
    );
    const configuration = createConfiguration(name, this);
    const cluster = createCluster(name, args, { securityGroup, logGroup, configuration }, this);
    createStorageScaling(name, args.settings, cluster, this);
    if (args.settings.replication === "source") admitReplicator(name, cluster, this);
    const topics = createTopics(name, topicArgs(args, cluster), this);
    const specs = kafkaAlarms(cluster.clusterName, args.settings.brokers);
    createAlarms(name, specs, { topicArn: args.alarmTopicArn }, this);
    for (const group of args.consumerGroups) {
      const { alarmTopicArn = args.alarmTopicArn } = group;
      createAlarms(name, groupAlarms(cluster.clusterName, group), { topicArn: alarmTopicArn }, this);
    }

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

function createConfiguration(name: string, parent: pulumi.Resource): aws.msk.Configuration {
  // No `kafkaVersions`: with it, every upgrade of the cluster would replace the configuration.
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
      clusterName: args.clusterName,
      kafkaVersion: settings.version,
      numberOfBrokerNodes: settings.brokers,
      // Set even to the default: if the spec drops its tiers, the service refuses instead of ignoring the change.
      storageMode: storageMode(settings),
      brokerNodeGroupInfo: {
        instanceType: settings.instanceType,
        clientSubnets: inZoneOrder(args.subnetIds),
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
      ignoreChanges: [
        // Another name would replace the cluster with its events.
        "clusterName",
        // Autoscaling grows the volumes outside the program. Without this every plan would try to shrink them.
        ...(autoscales(settings) ? ["brokerNodeGroupInfo.storageInfo.ebsStorageInfo.volumeSize"] : []),
      ],
      // An upgrade restarts brokers one by one, about 15 minutes each, and waits until the copies are in sync.
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

/** A ceiling equal to the initial size means a fixed size. */
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
        // A volume cannot shrink, so the service refuses the policy without this.
        disableScaleIn: true,
      },
    },
    { parent },
  );
}

function topicArgs({ topics, settings, removal }: KafkaArgs, { arn }: aws.msk.Cluster) {
  const { tiering } = settings;
  return {
    topics,
    clusterArn: arn,
    removal,
    ...(tiering === "none" ? {} : { localRetentionHours: tiering.localRetentionHours }),
  };
}
