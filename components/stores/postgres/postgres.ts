import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { dataOptions, refuse } from "../../base/core/index.ts";
import {
  createEventSubscriptions,
  createInstanceAlarms,
  createLogGroups,
  createMonitoringRole,
} from "../postgres-monitoring/index.ts";
import type { PostgresArgs } from "./args.ts";
import { postgresProblems } from "./check.ts";
import { createPrimary, createReplicas, type Foundations, replicaKeys } from "./instances.ts";
import { createMasterCredentials, createMasterRotation } from "./master-credentials.ts";
import { createSecurityGroup, createSubnetGroup } from "./network.ts";
import { createParameterGroup } from "./parameter-group.ts";

/**
 * PostgreSQL on RDS. Named security groups may connect, over TLS with IAM tokens.
 *
 * Guarantees: encrypted with our keys, never public, with logs, alarms and backups, and not lost by a destroy unless
 * `removal` says "remove". No change of an argument replaces the instance: another identifier renames it, and key,
 * database name, master user and restore count only at creation.
 */
export class Postgres extends pulumi.ComponentResource {
  /** Host of the primary. */
  readonly address: pulumi.Output<string>;
  /** Host for reads that may lag: the first replica, or the primary if there is none. */
  readonly readerAddress: pulumi.Output<string>;
  /** Hosts of all replicas by key ("replica-1"). */
  readonly replicaAddresses: Readonly<Record<string, pulumi.Output<string>>>;
  readonly port: pulumi.Output<number>;
  readonly databaseName: string;
  readonly arn: pulumi.Output<string>;
  /** The `db-…` id that `rds-db:connect` names; not the identifier. */
  readonly resourceId: pulumi.Output<string>;
  /**
   * The ids for `rds-db:connect`: those of the primary and every replica, because a service that reads lists needs all.
   * With updates "blue-green" it is "*": the copy takes over with another id during a deploy, and policies with the old
   * id would lock all services out until the deploy ends. The database role in the policy still limits access.
   */
  readonly resourceIds: readonly pulumi.Output<string>[];
  /** For operators in an emergency; no application reads it. */
  readonly masterSecretArn: pulumi.Output<string>;
  readonly securityGroupId: pulumi.Output<string>;

  constructor(name: string, args: PostgresArgs, opts?: pulumi.ComponentResourceOptions) {
    super("task-platform:postgres:Postgres", name, {}, opts);
    refuse(`postgres "${name}"`, postgresProblems(args), this);

    const subnetGroup = createSubnetGroup(name, args, this);
    const securityGroup = createSecurityGroup(name, args, this);
    const parameterGroup = createParameterGroup(name, args, this);
    const credentials = createMasterCredentials(name, args, this);
    const foundations: Foundations = {
      subnetGroupName: subnetGroup.name,
      securityGroupId: securityGroup.id,
      parameterGroupName: parameterGroup.name,
      monitoring: createMonitoringRole(name, args, this),
      logGroups: createAllLogGroups(name, args, this),
      credentials,
    };
    const primary = createPrimary(name, args, foundations, this);
    const replicas = createReplicas(name, args, primary, foundations, this);
    const instances = [primary, ...Object.values(replicas)];
    createRecoveryCopies(name, args, primary, this);
    createEventSubscriptions(
      name,
      { instances: instances.map((instance) => instance.identifier), parameterGroup: parameterGroup.name },
      args.alarmTopicArn,
      this,
    );
    createInstanceAlarms(name, { primary, replicas }, args, this);

    this.address = primary.address;
    this.replicaAddresses = Object.fromEntries(
      Object.entries(replicas).map(([key, replica]) => [key, replica.address]),
    );
    this.readerAddress = this.replicaAddresses["replica-1"] ?? primary.address;
    this.port = primary.port;
    this.databaseName = args.databaseName;
    this.arn = primary.arn;
    this.resourceId = primary.resourceId;
    this.resourceIds =
      args.settings.updates === "blue-green"
        ? [pulumi.output("*")]
        : instances.map((instance) => instance.resourceId);
    this.masterSecretArn = createMasterRotation(name, primary, credentials, this);
    this.securityGroupId = securityGroup.id;
    this.registerOutputs({
      address: this.address,
      readerAddress: this.readerAddress,
      port: this.port,
      databaseName: this.databaseName,
      arn: this.arn,
      resourceId: this.resourceId,
      masterSecretArn: this.masterSecretArn,
      securityGroupId: this.securityGroupId,
    });
  }
}

function createAllLogGroups(
  name: string,
  args: PostgresArgs,
  parent: pulumi.Resource,
): Foundations["logGroups"] {
  const replicas = replicaKeys(args.settings.readReplicas).map((key) => ({
    key,
    identifier: `${args.identifier}-${key}`,
  }));
  const instances = [{ key: "primary", identifier: args.identifier }, ...replicas];
  return Object.fromEntries(
    instances.map((instance) => [instance.key, createLogGroups(name, instance, args, parent)]),
  );
}

/** RDS copies backups and logs to the recovery region about every five minutes; the resource is in that region. */
function createRecoveryCopies(
  name: string,
  args: PostgresArgs,
  primary: aws.rds.Instance,
  parent: pulumi.Resource,
): void {
  if (args.settings.recoveryRetentionDays === 0 || args.recoveryKeyArn === undefined) return;
  new aws.rds.InstanceAutomatedBackupsReplication(
    `${name}-recovery`,
    {
      region: args.recoveryRegion,
      sourceDbInstanceArn: primary.arn,
      kmsKeyId: args.recoveryKeyArn,
      retentionPeriod: args.settings.recoveryRetentionDays,
    },
    { parent, ...dataOptions(args.removal) },
  );
}
