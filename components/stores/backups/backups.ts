import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { refuse, serviceTrust } from "../../base/core/index.ts";
import type { ReadyRole } from "../../base/roles/index.ts";
import type { BackupsArgs } from "./args.ts";
import { checkBackupSettings } from "./check.ts";
import { createRestoreTest } from "./restore-test.ts";
import { createVault } from "./vaults.ts";

/** UTC, at night in both regions, after the snapshots of the stores themselves. */
const dailySchedule = "cron(0 5 * * ? *)";

/** A job that does not start or complete within this time counts as failed. */
const windowMinutes = { start: 60, completion: 360 };

/**
 * Daily and continuous backups of every store with the tags of the environment, with copies in the recovery region.
 *
 * Guarantees: both vaults are encrypted with keys of their region and refuse to delete a backup early; a failed backup
 * or copy reaches the alert topic; restores are tested as often as the settings say.
 */
export class Backups extends pulumi.ComponentResource {
  readonly vaultArn: pulumi.Output<string>;
  readonly recoveryVaultArn: pulumi.Output<string>;
  readonly planId: pulumi.Output<string>;

  constructor(name: string, args: BackupsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("task-platform:recovery:Backups", name, {}, opts);
    refuse(`backups "${name}"`, checkBackupSettings(args.settings), this);

    const home = createVault(name, args, { role: "home", keyArn: args.keyArn }, this);
    const copies = createVault(
      name,
      args,
      { role: "copies", keyArn: args.recoveryKeyArn, provider: args.recoveryProvider },
      this,
    );
    const role = createRole(name, args, this);
    const plan = createPlan(name, args, home, copies, this);
    createSelection(name, args, plan, role, this);
    new aws.backup.VaultNotifications(
      name,
      {
        backupVaultName: home.name,
        snsTopicArn: args.alarmTopicArn,
        backupVaultEvents: ["BACKUP_JOB_FAILED", "COPY_JOB_FAILED", "RESTORE_JOB_COMPLETED"],
      },
      { parent: this },
    );
    createRestoreTest(name, args, home, role, this);

    this.vaultArn = home.arn;
    this.recoveryVaultArn = copies.arn;
    this.planId = plan.id;
    this.registerOutputs({ vaultArn: this.vaultArn, recoveryVaultArn: this.recoveryVaultArn });
  }
}

/** The role of the service. The managed policies are the documented minimum for all kinds of store. */
function createRole(name: string, args: BackupsArgs, parent: Backups): ReadyRole {
  const role = new aws.iam.Role(
    name,
    { assumeRolePolicy: serviceTrust("backup.amazonaws.com", args.accountId) },
    { parent },
  );
  const policies = Object.entries(managedPolicies).map(
    ([key, policy]) =>
      new aws.iam.RolePolicyAttachment(
        `${name}-${key}`,
        { role: role.name, policyArn: `arn:aws:iam::aws:policy/${policy}` },
        { parent },
      ),
  );
  return { role, policies };
}

const managedPolicies: Readonly<Record<string, string>> = {
  backup: "service-role/AWSBackupServiceRolePolicyForBackup",
  restore: "service-role/AWSBackupServiceRolePolicyForRestores",
  "s3-backup": "AWSBackupServiceRolePolicyForS3Backup",
  "s3-restore": "AWSBackupServiceRolePolicyForS3Restore",
};

function createPlan(
  name: string,
  args: BackupsArgs,
  home: aws.backup.Vault,
  copies: aws.backup.Vault,
  parent: Backups,
): aws.backup.Plan {
  const { settings } = args;
  const window = { startWindow: windowMinutes.start, completionWindow: windowMinutes.completion };
  return new aws.backup.Plan(
    name,
    {
      rules: [
        {
          ruleName: "daily",
          targetVaultName: home.name,
          schedule: dailySchedule,
          ...window,
          lifecycle: { deleteAfter: settings.dailyRetentionDays },
          copyActions: [
            {
              destinationVaultArn: copies.arn,
              lifecycle: { deleteAfter: settings.dailyRetentionDays },
            },
          ],
        },
        {
          // Hourly, so that stores without continuous backup lose at most one hour; the others ignore the schedule.
          ruleName: "continuous",
          targetVaultName: home.name,
          schedule: "cron(0 * * * ? *)",
          ...window,
          enableContinuousBackup: true,
          lifecycle: { deleteAfter: settings.continuousRetentionDays },
        },
      ],
    },
    { parent },
  );
}

/** By tag, so that nobody has to add a new store here. */
function createSelection(
  name: string,
  args: BackupsArgs,
  plan: aws.backup.Plan,
  { role, policies }: ReadyRole,
  parent: Backups,
): void {
  new aws.backup.Selection(
    name,
    {
      planId: plan.id,
      iamRoleArn: role.arn,
      resources: ["arn:aws:rds:*:*:db:*", "arn:aws:s3:::*", "arn:aws:ec2:*:*:volume/*"],
      conditions: [
        {
          stringEquals: [
            { key: "aws:ResourceTag/Environment", value: args.environmentTag },
            { key: "aws:ResourceTag/Backup", value: "daily" },
          ],
        },
      ],
    },
    // A job that starts before the policies exist fails; a destroy must remove them after the selection.
    { parent, dependsOn: [...policies] },
  );
}
