import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { createAlarms } from "../../base/alarms/index.ts";
import { policyDocument, refuse, serviceTrust } from "../../base/core/index.ts";
import { replicatorProblems } from "./check-replicator.ts";
import { replicatorAlarmSpecs } from "./replicator-alarms.ts";
import { createReplicatorNetwork } from "./replicator-network.ts";
import { replicatorStatements } from "./replicator-statements.ts";
import type { KafkaSettings } from "./settings.ts";

export interface ReplicatorArgs {
  /** Fixed, because metrics and alarms are filed under it. Changing it replaces the replicator. */
  readonly replicatorName: string;
  readonly accountId: string;
  /** Region of the copy, where the replicator runs. */
  readonly region: string;
  /** What the page says about the cluster of the copy; some classes can be no end of a replication. */
  readonly settings: KafkaSettings;
  /** What is copied: a cluster of another region whose page says `replication: "source"`. */
  readonly source: {
    readonly clusterArn: string;
    /** Subnets of its brokers. */
    readonly subnetIds: readonly pulumi.Input<string>[];
  };
  /** Where the copy goes. */
  readonly target: {
    readonly clusterArn: pulumi.Input<string>;
    readonly vpcId: pulumi.Input<string>;
    /** Subnets of its brokers, by zone. */
    readonly subnetIds: Readonly<Record<string, pulumi.Input<string>>>;
    /** Group of its brokers. */
    readonly securityGroupId: pulumi.Input<string>;
    /** Names of its topics; they are made by the cluster's block, and before anything is copied into them. */
    readonly topicNames: Readonly<Record<string, pulumi.Input<string>>>;
  };
  /** Full names of the topics that are copied. */
  readonly topics: readonly string[];
  /** Full names of the groups whose place is copied. */
  readonly consumerGroups: readonly string[];
  readonly logKeyArn: pulumi.Input<string>;
  readonly alarmTopicArn: pulumi.Input<string>;
}

/**
 * Copies topics of a cluster in another region into this one, and keeps them copied (MSK Replicator).
 *
 * Guarantees: topics keep their names, and readers their place, so that workloads start here with the same settings; its
 * role reads at the source, writes at the target, and reaches the named topics and groups only; a copy that is late,
 * fails or has lost a cluster is heard of.
 *
 * Asynchronous: what was acknowledged in the last seconds may be missing after a loss. Places are copied while events
 * come in, to an earlier one where in doubt, so a reader sees some events twice, as it must expect anyway. The topics
 * and their settings are those of the program on either side, so neither is copied. While it runs, nobody may
 * write to the topics of the copy, and no reader may be at work there.
 *
 * The source must have been made with `replication: "source"`, which opens its private connectivity: without it the creation
 * fails after half an hour. Changing name, clusters or subnets replaces the replicator, which then begins at the oldest event.
 */
export class Replicator extends pulumi.ComponentResource {
  readonly replicatorArn: pulumi.Output<string>;

  constructor(name: string, args: ReplicatorArgs, opts?: pulumi.ComponentResourceOptions) {
    super("task-platform:kafka:Replicator", name, {}, opts);
    refuse(`replicator "${name}"`, replicatorProblems(args), this);

    const network = createReplicatorNetwork(name, args, this);
    const { role, policy } = createRole(name, args, this);
    const logGroup = createLogGroup(name, args, this);
    const replicator = new aws.msk.Replicator(
      name,
      {
        replicatorName: args.replicatorName,
        description: `Events of ${args.source.clusterArn.split(":")[3]} for the day it is lost.`,
        serviceExecutionRoleArn: role.arn,
        kafkaClusters: clusters(args, network.securityGroup),
        replicationInfoList: replication(args),
        logDelivery: {
          replicatorLogDelivery: { cloudwatchLogs: { enabled: true, logGroup: logGroup.name } },
        },
      },
      {
        parent: this,
        // The service tries both connections when it is made, so the ways must be open and the rights given.
        dependsOn: [policy, ...network.rules],
        // Two of one name cannot be.
        deleteBeforeReplace: true,
        customTimeouts: { create: "90m", update: "3h", delete: "90m" },
      },
    );
    createReplicatorAlarms(name, args, replicator, this);

    this.replicatorArn = replicator.arn;
    this.registerOutputs({ replicatorArn: this.replicatorArn });
  }
}

function createRole(
  name: string,
  args: ReplicatorArgs,
  parent: Replicator,
): { role: aws.iam.Role; policy: aws.iam.RolePolicy } {
  const { source, target, topics, consumerGroups } = args;
  const role = new aws.iam.Role(
    name,
    { assumeRolePolicy: serviceTrust("kafka.amazonaws.com", args.accountId) },
    { parent },
  );
  const statements = pulumi
    .output(target.clusterArn)
    .apply((arn) => replicatorStatements(source.clusterArn, arn, { topics, groups: consumerGroups }));
  const policy = new aws.iam.RolePolicy(
    name,
    { role: role.id, policy: policyDocument(statements) },
    { parent },
  );
  return { role, policy };
}

function createLogGroup(name: string, args: ReplicatorArgs, parent: Replicator): aws.cloudwatch.LogGroup {
  return new aws.cloudwatch.LogGroup(
    `${name}-logs`,
    {
      // Under this prefix the delivery service needs no line in the account's one, size-limited resource policy.
      namePrefix: `/aws/vendedlogs/msk/${name}-`,
      retentionInDays: args.settings.logRetentionDays,
      kmsKeyId: args.logKeyArn,
    },
    { parent },
  );
}

function clusters(
  { source, target }: ReplicatorArgs,
  securityGroup: aws.ec2.SecurityGroup,
): aws.types.input.msk.ReplicatorKafkaCluster[] {
  return [
    {
      amazonMskCluster: { mskClusterArn: source.clusterArn },
      // No group: at the source the service comes in by a private endpoint of its own.
      vpcConfig: { subnetIds: [...source.subnetIds] },
    },
    {
      amazonMskCluster: { mskClusterArn: target.clusterArn },
      vpcConfig: {
        // By zone, so that the order in which a caller lists them is no difference.
        subnetIds: Object.entries(target.subnetIds)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([, id]) => id),
        securityGroupsIds: [securityGroup.id],
      },
    },
  ];
}

function replication(args: ReplicatorArgs): aws.types.input.msk.ReplicatorReplicationInfoList {
  return {
    sourceKafkaClusterArn: args.source.clusterArn,
    targetKafkaClusterArn: args.target.clusterArn,
    // As producers compress, so that a copy takes the room that the storage arithmetic gives it.
    targetCompressionType: "ZSTD",
    topicReplications: [
      {
        // By the names that the copy's block gives them, so that the topics are there first.
        topicsToReplicates: args.topics.map((topic) =>
          pulumi.output(args.target.topicNames[topic] ?? topic).apply(literal),
        ),
        topicNameConfiguration: { type: "IDENTICAL" },
        // What was there before the replicator is needed as much as what comes after.
        startingPosition: { type: "EARLIEST" },
        // Partitions that are added later; the names are full, so no other topic can be found.
        detectAndCopyNewTopics: true,
        copyTopicConfigurations: false,
        copyAccessControlListsForTopics: false,
      },
    ],
    consumerGroupReplications: [
      {
        consumerGroupsToReplicates: args.consumerGroups.map(literal),
        synchroniseConsumerGroupOffsets: true,
        // The other way of doing it needs a second replicator, back to the source.
        consumerGroupOffsetSyncMode: "LEGACY",
        // A group exists once it has read something, which may be after the replicator is made.
        detectAndCopyNewConsumerGroups: true,
      },
    ],
  };
}

/** The service reads patterns; in a name only the dot is one. */
function literal(name: string): string {
  return name.replaceAll(".", "\\.");
}

function createReplicatorAlarms(
  name: string,
  args: ReplicatorArgs,
  replicator: aws.msk.Replicator,
  parent: Replicator,
): void {
  const ends = {
    source: replicator.replicationInfoList.apply((list) => list.sourceKafkaClusterAlias),
    target: replicator.replicationInfoList.apply((list) => list.targetKafkaClusterAlias),
  };
  createAlarms(
    name,
    replicatorAlarmSpecs(args.replicatorName, ends),
    { topicArn: args.alarmTopicArn },
    parent,
  );
}
