import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { createAlarms } from "../../base/alarms/index.ts";
import { dataOptions, refuse } from "../../base/core/index.ts";
import { createClientSecurityGroup, finalSnapshotIdentifier } from "../../base/store-parts/index.ts";
import { cacheAlarms } from "./alarms.ts";
import type { CacheArgs, CachePurpose } from "./args.ts";
import { cacheProblems } from "./check.ts";
import { valkeyVersions } from "./node-types.ts";
import { createUsers } from "./users.ts";

export const cachePort = 6379;

/** UTC, at night in both regions, and outside the windows of the database (02:30 to 03:30 daily, Sunday 04:00 to 05:00). */
export const snapshotWindow = "01:00-02:00";
export const maintenanceWindow = "sun:05:30-sun:06:30";

/**
 * Valkey with TLS only, sign-in by IAM, logs and alarms, and with failover if it has replicas.
 *
 * Cluster mode is off: one shard has many times the needed capacity, and scripts may use any two keys. A later change
 * would replace the group. A change of encryption would too, so neither is an argument. Snapshots are daily, so the data
 * must be rebuildable from PostgreSQL or Kafka.
 */
export class Cache extends pulumi.ComponentResource {
  readonly primaryAddress: pulumi.Output<string>;
  /** Host for reads that may lag; spreads over the replicas. */
  readonly readerAddress: pulumi.Output<string>;
  readonly port: pulumi.Output<number>;
  /** The name for which clients sign IAM tokens. */
  readonly replicationGroupId: pulumi.Output<string>;
  /** The user name with which services sign in. */
  readonly userName: string;
  readonly userArn: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;
  readonly securityGroupId: pulumi.Output<string>;

  constructor(name: string, args: CacheArgs, opts?: pulumi.ComponentResourceOptions) {
    super("task-platform:cache:Cache", name, {}, opts);
    refuse(`cache "${name}"`, cacheProblems(args), this);

    const securityGroup = createSecurityGroup(name, args, this);
    const users = createUsers(name, args, this);
    const logs = createLogGroups(name, args, this);
    const group = createReplicationGroup(name, args, { securityGroup, userGroup: users.group, logs }, this);
    createAlarms(
      name,
      cacheAlarms({ groupId: args.groupId, purpose: args.purpose, replicas: args.settings.replicas }),
      { topicArn: args.alarmTopicArn },
      this,
    );

    this.primaryAddress = group.primaryEndpointAddress;
    this.readerAddress = group.readerEndpointAddress;
    this.port = group.port.apply((port) => port ?? cachePort);
    this.replicationGroupId = group.replicationGroupId;
    this.userName = args.applicationUser.name;
    this.userArn = users.application.arn;
    this.arn = group.arn;
    this.securityGroupId = securityGroup.id;
    this.registerOutputs({
      primaryAddress: this.primaryAddress,
      readerAddress: this.readerAddress,
      port: this.port,
      replicationGroupId: this.replicationGroupId,
      userName: this.userName,
      arn: this.arn,
      securityGroupId: this.securityGroupId,
    });
  }
}

/** The parameters, by purpose. */
function cacheParameters(purpose: CachePurpose): { name: string; value: string }[] {
  return [
    { name: "maxmemory-policy", value: purpose === "queue" ? "noeviction" : "allkeys-lru" },
    // Percent reserved for the copy that a snapshot or a new replica needs.
    { name: "reserved-memory-percent", value: "25" },
  ];
}

function createSecurityGroup(name: string, args: CacheArgs, parent: pulumi.Resource) {
  return createClientSecurityGroup(
    name,
    {
      product: "Valkey",
      storeName: args.groupId,
      port: cachePort,
      vpcId: args.vpcId,
      clientSecurityGroupIds: args.clientSecurityGroupIds,
      removal: args.removal,
    },
    parent,
  );
}

function createLogGroups(name: string, args: CacheArgs, parent: pulumi.Resource) {
  return (["slow-log", "engine-log"] as const).map((type) => ({
    type,
    group: new aws.cloudwatch.LogGroup(
      `${name}-${type}`,
      {
        // Fixed, so that people find it by the name of the replication group.
        name: `/aws/elasticache/${args.groupId}/${type}`,
        retentionInDays: args.settings.logRetentionDays,
        kmsKeyId: args.logKeyArn,
      },
      { parent, retainOnDelete: dataOptions(args.removal).retainOnDelete },
    ),
  }));
}

function createReplicationGroup(
  name: string,
  args: CacheArgs,
  on: {
    readonly securityGroup: aws.ec2.SecurityGroup;
    readonly userGroup: aws.elasticache.UserGroup;
    readonly logs: ReturnType<typeof createLogGroups>;
  },
  parent: pulumi.Resource,
) {
  const { settings } = args;
  const failover = settings.replicas > 0;
  return new aws.elasticache.ReplicationGroup(
    name,
    {
      replicationGroupId: args.groupId,
      description: `Valkey ${args.purpose} of ${args.groupId}.`,
      engine: "valkey",
      engineVersion: settings.version,
      nodeType: settings.nodeType,
      numCacheClusters: settings.replicas + 1,
      automaticFailoverEnabled: failover,
      multiAzEnabled: failover,
      port: cachePort,
      ...createGroups(name, args, parent),
      securityGroupIds: [on.securityGroup.id],
      userGroupIds: [on.userGroup.userGroupId],
      transitEncryptionEnabled: true,
      transitEncryptionMode: "required",
      atRestEncryptionEnabled: true,
      kmsKeyId: args.keyArn,
      autoMinorVersionUpgrade: true,
      applyImmediately: false, // In every environment a change that causes a failover waits for the window.
      snapshotRetentionLimit: settings.snapshotRetentionDays,
      snapshotWindow,
      maintenanceWindow,
      notificationTopicArn: args.eventTopicArn,
      logDeliveryConfigurations: on.logs.map((log) => ({
        destination: log.group.name,
        destinationType: "cloudwatch-logs",
        logFormat: "json",
        logType: log.type,
      })),
      ...finalSnapshot(name, args, parent),
    },
    {
      parent,
      ...dataOptions(args.removal),
      // 10 to 30 minutes are normal; a new node type replaces the nodes one by one.
      customTimeouts: { create: "60m", update: "90m", delete: "60m" },
    },
  );
}

/** Subnets and parameters. The family is in the logical name, so a new major gets a new parameter group. */
function createGroups(name: string, args: CacheArgs, parent: pulumi.Resource) {
  const family = valkeyVersions[args.settings.version] ?? "";
  const subnets = new aws.elasticache.SubnetGroup(
    `${name}-subnets`,
    { description: `Data subnets of ${args.groupId}.`, subnetIds: Object.values(args.subnetIds) },
    { parent, ...dataOptions(args.removal) },
  );
  const parameters = new aws.elasticache.ParameterGroup(
    `${name}-parameters-${family}`,
    { family, description: `Parameters of ${args.groupId}.`, parameters: cacheParameters(args.purpose) },
    { parent, retainOnDelete: dataOptions(args.removal).retainOnDelete },
  );
  return { subnetGroupName: subnets.name, parameterGroupName: parameters.name };
}

function finalSnapshot(name: string, args: CacheArgs, parent: pulumi.Resource) {
  if (!args.settings.finalSnapshot) return {};
  const replacedBy = { groupId: args.groupId, key: args.keyArn };
  return { finalSnapshotIdentifier: finalSnapshotIdentifier(name, args.groupId, replacedBy, parent) };
}
