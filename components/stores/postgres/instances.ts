import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { dataOptions } from "../../base/core/index.ts";
import { postgresPort } from "./access.ts";
import type { PostgresArgs } from "./args.ts";
import type { MasterCredentials } from "./master-credentials.ts";
import { exportedLogs } from "./observation.ts";
import { restoreInputs } from "./restore.ts";
import { backupWindow, maintenanceWindow } from "./windows.ts";

/** What the instances stand on. */
export interface Foundations {
  readonly subnetGroupName: pulumi.Output<string>;
  readonly securityGroupId: pulumi.Output<string>;
  readonly parameterGroupName: pulumi.Output<string>;
  readonly monitoring: { readonly arn: pulumi.Output<string>; readonly ready: pulumi.Resource } | undefined;
  /** Log groups by key of the instance that writes to them. */
  readonly logGroups: Readonly<Record<string, readonly pulumi.Resource[]>>;
  readonly credentials: MasterCredentials;
}

/** Advanced mode of Database Insights is sold only with 15 months of statistics. */
const advancedInsightsDays = 465;

/** Creation takes 10 to 30 minutes and a restore of hundreds of GiB longer; a class change with standby up to two hours. */
const timeouts = { create: "90m", update: "120m", delete: "90m" };

/**
 * What an instance is made from. Each of them would replace it when it changes, data and all, and none can be changed
 * otherwise: a restored instance has the key, the name and the owner of its source, whatever the page says, and the
 * key of the stack that asked for the restore is taken away again one day. So they count when an instance is made, and
 * never after.
 */
const madeFrom = ["snapshotIdentifier", "restoreToPointInTime", "kmsKeyId", "dbName", "username"];

/** Key of the nth replica. A count is a list that only ever changes at its end, so the number is a stable key here. */
export function replicaKeys(count: number): string[] {
  return Array.from({ length: count }, (_, position) => `replica-${position + 1}`);
}

/**
 * The instance that takes writes: a Multi-AZ *instance*. A Multi-AZ DB cluster would fail over faster, but RDS does not
 * replicate its automated backups to another region, and that copy is what RPO rests on.
 *
 * With updates "blue-green" the provider makes a copy for every change but tags, deletion protection and what a deletion
 * does, changes it, and switches. Read in its source, 6.x: the switch is part of the deploy, whatever `applyImmediately`
 * says; backups must be on; the name stays and the `db-…` id changes; then the old instance loses its protection and is
 * deleted **without a last snapshot**, and RDS deletes its automated backups with it, so take a snapshot before and know
 * that point-in-time restore begins anew. A change of `passwordWoVersion` would be tried on the copy and fail.
 *
 * That is also why the way there is two deploys: `masterPassword: "own"` first, `updates: "blue-green"` second. In one,
 * the provider would copy an instance whose password is still that of RDS. Neither replaces the instance, and the way
 * back is one.
 *
 * In place a major moves by the runbook: `false` below makes RDS refuse one that somebody only typed into a page.
 */
export function createPrimary(name: string, args: PostgresArgs, on: Foundations, parent: pulumi.Resource) {
  const { settings, removal } = args;
  return new aws.rds.Instance(
    name,
    {
      ...commonInputs(args, on),
      ...on.credentials.inputs,
      identifier: args.identifier,
      // What the backup plan looks for; a replica has nothing of its own.
      tags: { Backup: "daily" },
      engine: "postgres",
      engineVersion: settings.majorVersion,
      engineLifecycleSupport: "open-source-rds-extended-support-disabled",
      allowMajorVersionUpgrade: false,
      ...(settings.updates === "blue-green" ? { blueGreenUpdate: { enabled: true } } : {}),
      username: args.masterUsername,
      port: postgresPort,
      multiAz: settings.multiZone,
      dbSubnetGroupName: on.subnetGroupName,
      allocatedStorage: settings.storageGiB,
      ...(args.restore ? restoreInputs(args.restore) : { dbName: args.databaseName, kmsKeyId: args.keyArn }),
      backupRetentionPeriod: settings.backupRetentionDays,
      backupWindow,
      deleteAutomatedBackups: removal === "remove", // Kept backups outlive a deletion by mistake.
      deletionProtection: settings.deletionProtected,
      ...finalSnapshot(name, args, parent),
    },
    {
      parent,
      ...dataOptions(removal),
      customTimeouts: timeouts,
      ignoreChanges: [...madeFrom],
      // Two orders that no input shows: RDS makes log groups of its own if these are late, and tests the role at once.
      dependsOn: [...(on.logGroups.primary ?? []), ...(on.monitoring ? [on.monitoring.ready] : [])],
    },
  );
}

/** Replicas in the same region that serve lists. They hold nothing of their own, so they come and go unprotected. */
export function createReplicas(
  name: string,
  args: PostgresArgs,
  primary: aws.rds.Instance,
  on: Foundations,
  parent: pulumi.Resource,
): Record<string, aws.rds.Instance> {
  const replicas: Record<string, aws.rds.Instance> = {};
  for (const key of replicaKeys(args.settings.readReplicas)) {
    replicas[key] = new aws.rds.Instance(
      `${name}-${key}`,
      {
        ...commonInputs(args, on),
        identifier: `${args.identifier}-${key}`,
        replicateSourceDb: primary.identifier,
        skipFinalSnapshot: true, // Nothing is here that the primary does not have.
      },
      {
        parent,
        customTimeouts: timeouts,
        dependsOn: [...(on.logGroups[key] ?? []), ...(on.monitoring ? [on.monitoring.ready] : [])],
      },
    );
  }
  return replicas;
}

/** What the primary and its replicas must share; a replica may become the primary. */
function commonInputs(args: PostgresArgs, on: Foundations) {
  const { settings, removal } = args;
  return {
    instanceClass: settings.instanceClass,
    vpcSecurityGroupIds: [on.securityGroupId],
    publiclyAccessible: false,
    storageType: "gp3",
    maxAllocatedStorage: settings.maxStorageGiB,
    storageEncrypted: true,
    iamDatabaseAuthenticationEnabled: true,
    parameterGroupName: on.parameterGroupName,
    caCertIdentifier: "rds-ca-rsa2048-g1", // Valid to 2061; every driver of the last ten years knows RSA.
    autoMinorVersionUpgrade: true,
    maintenanceWindow,
    applyImmediately: removal === "remove", // Elsewhere a change that restarts waits for the window.
    copyTagsToSnapshot: true,
    enabledCloudwatchLogsExports: [...exportedLogs],
    performanceInsightsEnabled: true,
    performanceInsightsKmsKeyId: args.keyArn,
    performanceInsightsRetentionPeriod: settings.insightsRetentionDays,
    databaseInsightsMode: settings.insightsRetentionDays >= advancedInsightsDays ? "advanced" : "standard",
    monitoringInterval: settings.monitoringSeconds,
    ...(on.monitoring ? { monitoringRoleArn: on.monitoring.arn } : {}),
  };
}

/** A last snapshot under a name that no earlier instance has used: RDS refuses to delete into a name that is taken. */
function finalSnapshot(name: string, args: PostgresArgs, parent: pulumi.Resource) {
  if (!args.settings.finalSnapshot) return { skipFinalSnapshot: true };
  const suffix = new random.RandomId(
    `${name}-final-snapshot`,
    {
      byteLength: 4,
      // What the instance is made from, so that the one that is restored does not end under the name of the one before.
      keepers: {
        identifier: args.identifier,
        databaseName: args.databaseName,
        masterUsername: args.masterUsername,
        key: args.keyArn,
        ...(args.restore ? { restored: `${args.restore.from} ${args.restore.time}` } : {}),
      },
    },
    { parent },
  );
  return {
    skipFinalSnapshot: false,
    finalSnapshotIdentifier: pulumi.interpolate`${args.identifier}-final-${suffix.hex}`,
  };
}
