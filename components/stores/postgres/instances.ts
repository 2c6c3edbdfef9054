import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { dataOptions } from "../../base/core/index.ts";
import { finalSnapshotIdentifier } from "../../base/store-parts/index.ts";
import { exportedLogs } from "../postgres-monitoring/index.ts";
import type { PostgresArgs } from "./args.ts";
import type { MasterCredentials } from "./master-credentials.ts";
import { postgresPort } from "./network.ts";
import { restoreInputs } from "./restore.ts";
import { backupWindow, maintenanceWindow } from "./windows.ts";

/** Resources that the instances need. */
export interface Foundations {
  readonly subnetGroupName: pulumi.Output<string>;
  readonly securityGroupId: pulumi.Output<string>;
  readonly parameterGroupName: pulumi.Output<string>;
  readonly monitoring: { readonly arn: pulumi.Output<string>; readonly ready: pulumi.Resource } | undefined;
  /** Log groups by key of the instance that writes to them. */
  readonly logGroups: Readonly<Record<string, readonly pulumi.Resource[]>>;
  readonly credentials: MasterCredentials;
}

/** The advanced mode of Database Insights requires 15 months of statistics. */
const advancedInsightsDays = 465;

/** A creation takes 10 to 30 minutes, a restore of hundreds of GiB longer, a class change with a standby up to two hours. */
const timeouts = { create: "90m", update: "120m", delete: "90m" };

/**
 * Inputs that count only at creation. A change of any of them would replace the instance with its data, and RDS cannot
 * change them in any other way. A restored instance has the key, the database name and the master user of its source,
 * whatever the settings say, and the configuration of a restore is removed from the stack file afterwards.
 */
const creationInputs = ["snapshotIdentifier", "restoreToPointInTime", "kmsKeyId", "dbName", "username"];

/**
 * Inputs that AWS Backup takes over where it backs up continuously: it writes its own values into the instance
 * (crossplane-contrib/provider-aws#1356, aws-cloudformation/cloudformation-coverage-roadmap#2167), so a deploy would set
 * them back each time, and each time open a gap. The check of the environment spec keeps the retentions equal.
 */
const takenOver = ["backupRetentionPeriod", "backupWindow"];

/** Keys of the replicas. The number is a stable key here, because replicas are only added and removed at the end. */
export function replicaKeys(count: number): string[] {
  return Array.from({ length: count }, (_, position) => `replica-${position + 1}`);
}

/**
 * The instance for writes: a Multi-AZ *instance*. A Multi-AZ DB cluster would fail over faster, but RDS does not
 * replicate its automated backups to another region, and the RPO depends on that copy.
 *
 * With updates "blue-green", the provider creates a copy for every change except tags, deletion protection and the
 * inputs of a deletion. It changes the copy and switches to it. From the source of provider 6.x: the switch is part of
 * the deploy, whatever `applyImmediately` says; backups must be on; the name stays and the `db-…` id changes; then the
 * old instance loses its protection and is deleted **without a last snapshot**, and RDS deletes its automated backups
 * with it. So take a snapshot before, and know that point-in-time restore starts again at the switch. A change of
 * `passwordWoVersion` would be applied to the copy and fail.
 *
 * For the same reason the way to blue/green is two deploys: first `masterPassword: "own"`, then `updates: "blue-green"`.
 * In one deploy, the provider would copy an instance whose password RDS still manages. Neither deploy replaces the
 * instance, and the way back is one deploy.
 *
 * In place, a major upgrade follows the runbook: with `false` below, RDS refuses a major that was only changed in an
 * environment spec.
 */
export function createPrimary(name: string, args: PostgresArgs, on: Foundations, parent: pulumi.Resource) {
  const { settings, removal } = args;
  return new aws.rds.Instance(
    name,
    {
      ...commonInputs(args, on),
      ...on.credentials.inputs,
      identifier: args.identifier,
      // The backup plan selects by this tag. A replica has no data of its own.
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
      deleteAutomatedBackups: removal === "remove", // Kept backups survive a deletion by mistake.
      deletionProtection: settings.deletionProtected,
      ...finalSnapshot(name, args, parent),
    },
    {
      parent,
      ...dataOptions(removal),
      customTimeouts: timeouts,
      ignoreChanges: [...creationInputs, ...(args.continuousBackup ? takenOver : [])],
      // No input shows this order: RDS creates its own log groups if these are late, and it tests the role at once.
      dependsOn: [...(on.logGroups.primary ?? []), ...(on.monitoring ? [on.monitoring.ready] : [])],
    },
  );
}

/** Replicas in the same region that serve lists. They hold no data of their own, so they are not protected. */
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
        skipFinalSnapshot: true, // The primary has all the data.
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

/** The same inputs for the primary and its replicas, because a replica may become the primary. */
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
    caCertIdentifier: "rds-ca-rsa2048-g1", // Valid to 2061; every driver of the last ten years supports RSA.
    autoMinorVersionUpgrade: true,
    maintenanceWindow,
    applyImmediately: removal === "remove", // With data to keep, a change that restarts waits for the window.
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

/** The suffix depends on all creation inputs, so that a restored instance does not reuse the name of its predecessor. */
function finalSnapshot(name: string, args: PostgresArgs, parent: pulumi.Resource) {
  if (!args.settings.finalSnapshot) return { skipFinalSnapshot: true };
  const createdFrom = {
    identifier: args.identifier,
    databaseName: args.databaseName,
    masterUsername: args.masterUsername,
    key: args.keyArn,
    ...(args.restore ? { restored: `${args.restore.from} ${args.restore.time}` } : {}),
  };
  return {
    skipFinalSnapshot: false,
    finalSnapshotIdentifier: finalSnapshotIdentifier(name, args.identifier, createdFrom, parent),
  };
}
