import * as aws from "@pulumi/aws";
import { expect, test } from "vitest";
import { planProgram } from "../../../tools/plan/index.ts";
import { type BackupSettings, Backups, type BackupsArgs, checkBackupSettings } from "./index.ts";

const settings: BackupSettings = {
  dailyRetentionDays: 30,
  continuousRetentionDays: 7,
  lock: "compliance",
  coolingDays: 3,
  restoreTest: "monthly",
};

type Changes = Partial<Omit<BackupsArgs, "settings">> & { settings?: Partial<BackupSettings> };

function planBackups(changes: Changes = {}) {
  return planProgram(() => {
    const recoveryProvider = new aws.Provider("recovery", { region: "eu-west-1" });
    const backups = new Backups("backups", {
      prefix: "task-prod",
      accountId: "111111111111",
      removal: "retain-all",
      keyArn: "key-home",
      recoveryKeyArn: "key-recovery",
      recoveryProvider,
      alarmTopicArn: "topic",
      environmentTag: "prod",
      ...changes,
      settings: { ...settings, ...changes.settings },
    });
    return { vault: backups.vaultArn, copies: backups.recoveryVaultArn };
  });
}

const vaultType = "aws:backup/vault:Vault";

test("Each region has a vault under a key of its own, and a destroy leaves both", async () => {
  const plan = await planBackups();
  const home = plan.one(vaultType, "backups-home");
  const copies = plan.one(vaultType, "backups-copies");
  expect([home.inputs.kmsKeyArn, copies.inputs.kmsKeyArn]).toEqual(["key-home", "key-recovery"]);
  expect(copies.options.provider).toContain("pulumi:providers:aws::recovery");
  expect(home.options.provider).not.toContain("::recovery");
  expect([home, copies].map(({ options }) => [options.protect, options.retainOnDelete])).toEqual([
    [true, true],
    [true, true],
  ]);
});

test("A day's backup is kept for thirty days at home and in the recovery region", async () => {
  const { rules } = (await planBackups()).one("aws:backup/plan:Plan").inputs as {
    rules: Record<string, unknown>[];
  };
  const daily = rules.find(({ ruleName }) => ruleName === "daily");
  expect(daily).toMatchObject({ schedule: "cron(0 5 * * ? *)", lifecycle: { deleteAfter: 30 } });
  expect(daily?.copyActions).toEqual([
    { destinationVaultArn: expect.stringContaining(":eu-west-1:"), lifecycle: { deleteAfter: 30 } },
  ]);
});

test("Every hour is a recovery point, continuous where the store can", async () => {
  const { rules } = (await planBackups()).one("aws:backup/plan:Plan").inputs as {
    rules: Record<string, unknown>[];
  };
  expect(rules.find(({ ruleName }) => ruleName === "continuous")).toMatchObject({
    schedule: "cron(0 * * * ? *)",
    enableContinuousBackup: true,
    lifecycle: { deleteAfter: 7 },
  });
});

test.each([
  ["compliance", { minRetentionDays: 1, maxRetentionDays: 366, changeableForDays: 3 }],
  ["governance", { minRetentionDays: 1, maxRetentionDays: 366 }],
] as const)("A lock of %s is on both vaults", async (lock, inputs) => {
  const locks = (await planBackups({ settings: { lock } })).all(
    "aws:backup/vaultLockConfiguration:VaultLockConfiguration",
  );
  expect(locks.map((resource) => resource.inputs)).toEqual([
    { ...inputs, backupVaultName: "task-prod-copies" },
    { ...inputs, backupVaultName: "task-prod-home" },
  ]);
});

test("Nobody deletes a backup early, not even an administrator", async () => {
  const policies = (await planBackups()).all("aws:backup/vaultPolicy:VaultPolicy");
  const statements = policies.map(
    ({ inputs }) => (JSON.parse(String(inputs.policy)) as { Statement: unknown }).Statement,
  );
  const deny = {
    Sid: "NothingGoesEarly",
    Effect: "Deny",
    Principal: "*",
    Action: ["backup:DeleteRecoveryPoint", "backup:UpdateRecoveryPointLifecycle"],
    Resource: "*",
  };
  expect(statements).toEqual([[deny], [deny]]);
});

test("A store is backed up because of its tags, and only those of this environment are", async () => {
  const { conditions, resources } = (await planBackups()).one("aws:backup/selection:Selection").inputs;
  expect(resources).toEqual(["arn:aws:rds:*:*:db:*", "arn:aws:s3:::*", "arn:aws:ec2:*:*:volume/*"]);
  expect(conditions).toEqual([
    {
      stringEquals: [
        { key: "aws:ResourceTag/Environment", value: "prod" },
        { key: "aws:ResourceTag/Backup", value: "daily" },
      ],
    },
  ]);
});

test("Only the backup service, and only for this account, takes the role that reads the stores", async () => {
  const { assumeRolePolicy } = (await planBackups()).one("aws:iam/role:Role").inputs;
  expect((JSON.parse(String(assumeRolePolicy)) as { Statement: unknown }).Statement).toEqual([
    {
      Sid: "Assume",
      Effect: "Allow",
      Principal: { Service: ["backup.amazonaws.com"] },
      Action: "sts:AssumeRole",
      Condition: { StringEquals: { "aws:SourceAccount": "111111111111" } },
    },
  ]);
});

test("A failed backup or copy is told", async () => {
  const { inputs } = (await planBackups()).one("aws:backup/vaultNotifications:VaultNotifications");
  expect(inputs).toEqual({
    backupVaultName: "task-prod-home",
    snsTopicArn: "topic",
    backupVaultEvents: ["BACKUP_JOB_FAILED", "COPY_JOB_FAILED", "RESTORE_JOB_COMPLETED"],
  });
});

test("A restore of the database is tried as often as the settings say", async () => {
  const type = "aws:backup/restoreTestingPlan:RestoreTestingPlan";
  const monthly = (await planBackups()).one(type).inputs;
  expect([monthly.name, monthly.scheduleExpression]).toEqual([
    "task_prod_restore_test",
    "cron(0 9 ? * TUE#1 *)",
  ]);
  const never = await planBackups({ settings: { restoreTest: "none" } });
  expect(never.all(type)).toEqual([]);
});

test("Every wrong setting is named at once and nothing is made", async () => {
  const wrong = { ...settings, dailyRetentionDays: 7, continuousRetentionDays: 36, coolingDays: 0 };
  expect(checkBackupSettings(wrong).map(({ argument }) => argument)).toEqual([
    "dailyRetentionDays",
    "continuousRetentionDays",
    "coolingDays",
  ]);
  await expect(planBackups({ settings: wrong })).rejects.toThrow("3 problems, nothing was created");
});
