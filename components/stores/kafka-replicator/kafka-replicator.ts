import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { createAlarms } from "../../base/alarms/index.ts";
import { policyDocument, refuse, serviceTrust } from "../../base/core/index.ts";
import { createMskLogGroup, inZoneOrder } from "../../base/store-parts/index.ts";
import { replicatorAlarms } from "./alarms.ts";
import type { KafkaReplicatorArgs } from "./args.ts";
import { kafkaReplicatorProblems } from "./check.ts";
import { createReplicatorSecurityGroup } from "./security-groups.ts";
import { replicatorStatements } from "./statements.ts";

/**
 * Copies topics continuously from a cluster in another region to a cluster in this one (MSK Replicator).
 *
 * Guarantees: topics keep their names and consumer groups their offsets, so that workloads start here with the same
 * settings; the role reads the source, writes the target, and can access only the named topics and groups; alarms fire
 * if the copy is late, fails, or cannot reach a cluster.
 *
 * The copy is asynchronous: events that were acknowledged in the last seconds may be missing after a loss. Offsets are
 * copied while events arrive, and to an earlier one if in doubt, so a consumer reads some events twice, which it must
 * expect anyway. The program creates topics and their settings on both sides, so neither is copied. While the
 * replicator runs, nothing else may write to the topics of the copy or consume from them.
 *
 * The source must have `replication: "source"`, which turns on its private connectivity. Without it the creation fails
 * after 30 minutes. Changing name, clusters or subnets replaces the replicator, which then starts again at the oldest
 * event.
 */
export class KafkaReplicator extends pulumi.ComponentResource {
  readonly replicatorArn: pulumi.Output<string>;

  constructor(name: string, args: KafkaReplicatorArgs, opts?: pulumi.ComponentResourceOptions) {
    super("task-platform:kafka:Replicator", name, {}, opts);
    refuse(`replicator "${name}"`, kafkaReplicatorProblems(args), this);

    const network = createReplicatorSecurityGroup(name, args, this);
    const { role, policy } = createRole(name, args, this);
    const logGroup = createMskLogGroup(
      `${name}-logs`,
      { blockName: name, retentionDays: args.settings.logRetentionDays, keyArn: args.logKeyArn },
      this,
    );
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
        // The service tests both connections at creation, so the rules and the permissions must exist.
        dependsOn: [policy, ...network.rules],
        // Two replicators cannot have the same name.
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
  args: KafkaReplicatorArgs,
  parent: KafkaReplicator,
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

function clusters(
  { source, target }: KafkaReplicatorArgs,
  securityGroup: aws.ec2.SecurityGroup,
): aws.types.input.msk.ReplicatorKafkaCluster[] {
  return [
    {
      amazonMskCluster: { mskClusterArn: source.clusterArn },
      // No security group: at the source the service connects through its own private endpoint.
      vpcConfig: { subnetIds: [...source.subnetIds] },
    },
    {
      amazonMskCluster: { mskClusterArn: target.clusterArn },
      vpcConfig: {
        subnetIds: inZoneOrder(target.subnetIds),
        securityGroupsIds: [securityGroup.id],
      },
    },
  ];
}

function replication(args: KafkaReplicatorArgs): aws.types.input.msk.ReplicatorReplicationInfoList {
  return {
    sourceKafkaClusterArn: args.source.clusterArn,
    targetKafkaClusterArn: args.target.clusterArn,
    // The compression of the producers, so that the copy needs the space that the storage arithmetic assumes.
    targetCompressionType: "ZSTD",
    topicReplications: [
      {
        // The names come from the outputs of the copy, so that its topics exist first.
        topicsToReplicates: args.topics.map((topic) =>
          pulumi.output(args.target.topicNames[topic] ?? topic).apply(literal),
        ),
        topicNameConfiguration: { type: "IDENTICAL" },
        // Events that are older than the replicator are needed too.
        startingPosition: { type: "EARLIEST" },
        // For partitions that are added later. The names are complete, so no other topic matches.
        detectAndCopyNewTopics: true,
        copyTopicConfigurations: false,
        copyAccessControlListsForTopics: false,
      },
    ],
    consumerGroupReplications: [
      {
        consumerGroupsToReplicates: args.consumerGroups.map(literal),
        synchroniseConsumerGroupOffsets: true,
        // The other mode needs a second replicator, back to the source.
        consumerGroupOffsetSyncMode: "LEGACY",
        // A group exists after its first read, which may be after the creation of the replicator.
        detectAndCopyNewConsumerGroups: true,
      },
    ],
  };
}

/** The service expects regular expressions; in a topic or group name only the dot is special. */
function literal(name: string): string {
  return name.replaceAll(".", "\\.");
}

function createReplicatorAlarms(
  name: string,
  args: KafkaReplicatorArgs,
  replicator: aws.msk.Replicator,
  parent: KafkaReplicator,
): void {
  const aliases = {
    source: replicator.replicationInfoList.apply((list) => list.sourceKafkaClusterAlias),
    target: replicator.replicationInfoList.apply((list) => list.targetKafkaClusterAlias),
  };
  createAlarms(
    name,
    replicatorAlarms(args.replicatorName, aliases),
    { topicArn: args.alarmTopicArn },
    parent,
  );
}
