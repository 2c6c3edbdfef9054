import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { createAlarms } from "../../base/alarms/index.ts";
import { dataOptions, refuse } from "../../base/core/index.ts";
import { cacheAlarms } from "./alarm-specs.ts";
import { type CacheArgs, type CachePurpose, cacheArgProblems } from "./args.ts";
import { valkeyVersions } from "./node-types.ts";
import { createUsers } from "./users.ts";

export const cachePort = 6379;

/** UTC, night in both regions, and never while the database is away (02:30 to 03:30 daily, Sunday 04:00 to 05:00). */
export const snapshotWindow = "01:00-02:00";
export const maintenanceWindow = "sun:05:30-sun:06:30";

/**
 * Valkey with failover where it has replicas, TLS only, sign-in by IAM, logs and alarms.
 *
 * Cluster mode is off for good: one shard carries the load many times over, scripts may touch any two keys, and a
 * change later would replace the group. So would a change of encryption, which is why none of it is an argument.
 * Snapshots are daily, so what is kept here must be rebuildable from PostgreSQL or Kafka.
 */
export class Cache extends pulumi.ComponentResource {
  readonly primaryAddress: pulumi.Output<string>;
  /** Host for reads that may be late; spreads over the replicas. */
  readonly readerAddress: pulumi.Output<string>;
  readonly port: pulumi.Output<number>;
  /** The name that IAM tokens are signed for. */
  readonly replicationGroupId: pulumi.Output<string>;
  /** The name that services sign in as. */
  readonly userName: string;
  readonly userArn: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;
  readonly securityGroupId: pulumi.Output<string>;

  constructor(name: string, args: CacheArgs, opts?: pulumi.ComponentResourceOptions) {
    super("task-platform:cache:Cache", name, {}, opts);
    refuse(`cache "${name}"`, cacheArgProblems(args), this);

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

/** What the parameter group says, by purpose. */
export function cacheParameters(purpose: CachePurpose): { name: string; value: string }[] {
  return [
    { name: "maxmemory-policy", value: purpose === "queue" ? "noeviction" : "allkeys-lru" },
    // Percent that data may not use: the copy that a snapshot or a new replica needs is made there.
    { name: "reserved-memory-percent", value: "25" },
  ];
}

/** No egress rule: a cache begins no connection. */
function createSecurityGroup(name: string, args: CacheArgs, parent: pulumi.Resource) {
  const group = new aws.ec2.SecurityGroup(
    `${name}-security-group`,
    { description: `Valkey of ${args.groupId}.`, vpcId: args.vpcId },
    { parent, retainOnDelete: dataOptions(args.removal).retainOnDelete },
  );
  for (const [key, clientId] of Object.entries(args.clientSecurityGroupIds)) {
    new aws.vpc.SecurityGroupIngressRule(
      `${name}-ingress-${key}`,
      {
        description: `Valkey from ${key}.`,
        securityGroupId: group.id,
        referencedSecurityGroupId: clientId,
        ipProtocol: "tcp",
        fromPort: cachePort,
        toPort: cachePort,
      },
      { parent },
    );
  }
  return group;
}

function createLogGroups(name: string, args: CacheArgs, parent: pulumi.Resource) {
  return (["slow-log", "engine-log"] as const).map((type) => ({
    type,
    group: new aws.cloudwatch.LogGroup(
      `${name}-${type}`,
      {
        // Fixed, so that people find it beside the group of the same name.
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
      applyImmediately: false, // A change that fails over waits for the window, in every environment.
      snapshotRetentionLimit: settings.snapshotRetentionDays,
      snapshotWindow,
      maintenanceWindow,
      notificationTopicArn: args.alarmTopicArn,
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
      // Ten to thirty minutes are normal; a new node type moves every node in turn.
      customTimeouts: { create: "60m", update: "90m", delete: "60m" },
    },
  );
}

/** Where the group lives and what it is told. The family is in the logical name, so a new major gets a new group. */
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

/** A last snapshot under a name that no earlier group has used. */
function finalSnapshot(name: string, args: CacheArgs, parent: pulumi.Resource) {
  if (!args.settings.finalSnapshot) return {};
  const suffix = new random.RandomId(
    `${name}-final-snapshot`,
    // Exactly what replaces the group, so that each group has a suffix of its own.
    { byteLength: 4, keepers: { groupId: args.groupId, key: args.keyArn } },
    { parent },
  );
  return { finalSnapshotIdentifier: pulumi.interpolate`${args.groupId}-final-${suffix.hex}` };
}
