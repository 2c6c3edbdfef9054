import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type Removal, refuse, serviceTrust } from "../../base/core/index.ts";
import { checkBackupSettings } from "./check-settings.ts";
import { createRestoreTest } from "./restore-test.ts";
import type { BackupSettings } from "./settings.ts";
import { createVault } from "./vaults.ts";

export interface BackupsArgs {
  readonly settings: BackupSettings;
  /** Start of the fixed names, such as "task-prod". */
  readonly prefix: string;
  readonly accountId: string;
  readonly removal: Removal;
  /** Encrypts backups at home. */
  readonly keyArn: pulumi.Input<string>;
  /** Encrypts copies; a key of the recovery region. */
  readonly recoveryKeyArn: pulumi.Input<string>;
  /** Provider of the recovery region. */
  readonly recoveryProvider: pulumi.ProviderResource;
  /** Hears of backups, copies and restores that failed. */
  readonly alarmTopicArn: pulumi.Input<string>;
  /** Value of the tag `Environment` on what is backed up. */
  readonly environmentTag: string;
}

/** Night in both regions, after the snapshots of the stores themselves. UTC. */
export const dailySchedule = "cron(0 5 * * ? *)";

/** Backups of stores that cannot be read again wait at most this long before they count as failed. */
const windowMinutes = { start: 60, completion: 360 };

/**
 * Daily backups and continuous recovery of everything tagged with the environment, with copies in the recovery region.
 *
 * Guarantees: both vaults are encrypted with keys of their region and refuse to delete a backup before its time; a
 * failed backup or copy reaches the alert topic; restores are tried where the settings say so.
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

/** The service works with a role of ours; its managed policies are the documented minimum for all kinds of store. */
function createRole(name: string, args: BackupsArgs, parent: Backups): aws.iam.Role {
  const role = new aws.iam.Role(
    name,
    { assumeRolePolicy: serviceTrust("backup.amazonaws.com", args.accountId) },
    { parent },
  );
  for (const [key, policy] of Object.entries(managedPolicies)) {
    new aws.iam.RolePolicyAttachment(
      `${name}-${key}`,
      { role: role.name, policyArn: `arn:aws:iam::aws:policy/${policy}` },
      { parent },
    );
  }
  return role;
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
          // Hourly, so that kinds without continuous backup lose an hour at most; the others ignore the hour.
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

/** By tag, so that a new store is backed up without anybody remembering it. */
function createSelection(
  name: string,
  args: BackupsArgs,
  plan: aws.backup.Plan,
  role: aws.iam.Role,
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
    { parent },
  );
}
