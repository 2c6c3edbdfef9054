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

test("Each region has a vault with its own key, and a destroy keeps both", async () => {
  const plan = await planBackups();
  const [vault, copies] = [plan.one(vaultType, "backups-home"), plan.one(vaultType, "backups-copies")];
  expect(vault.inputs).toEqual({ name: "task-prod-home", kmsKeyArn: "key-home", forceDestroy: false });
  expect(copies.inputs).toEqual({
    name: "task-prod-copies",
    kmsKeyArn: "key-recovery",
    forceDestroy: false,
  });
  expect(copies.options.provider).toContain("pulumi:providers:aws::recovery");
  expect(vault.options.provider).not.toContain("::recovery");
  expect([vault, copies].map(({ options }) => [options.protect, options.retainOnDelete])).toEqual([
    [true, true],
    [true, true],
  ]);
});

test("The plan copies a daily backup to the recovery region, and makes a recovery point every hour", async () => {
  const plan = await planBackups();
  const window = { targetVaultName: "task-prod-home", startWindow: 60, completionWindow: 360 };
  expect(plan.one("aws:backup/plan:Plan").inputs).toEqual({
    rules: [
      {
        ruleName: "daily",
        ...window,
        schedule: "cron(0 5 * * ? *)",
        lifecycle: { deleteAfter: 30 },
        copyActions: [
          {
            destinationVaultArn: plan.one(vaultType, "backups-copies").outputs.arn,
            lifecycle: { deleteAfter: 30 },
          },
        ],
      },
      {
        ruleName: "continuous",
        ...window,
        schedule: "cron(0 * * * ? *)",
        enableContinuousBackup: true,
        lifecycle: { deleteAfter: 7 },
      },
    ],
  });
  expect(plan.outputs.copies).toContain(":eu-west-1:");
});

test.each([
  ["compliance", { minRetentionDays: 1, maxRetentionDays: 366, changeableForDays: 3 }],
  ["governance", { minRetentionDays: 1, maxRetentionDays: 366 }],
] as const)("Both vaults have a %s lock", async (lock, inputs) => {
  const locks = (await planBackups({ settings: { lock } })).all(
    "aws:backup/vaultLockConfiguration:VaultLockConfiguration",
  );
  expect(locks.map((resource) => resource.inputs)).toEqual([
    { ...inputs, backupVaultName: "task-prod-copies" },
    { ...inputs, backupVaultName: "task-prod-home" },
  ]);
});

test("Nobody can delete a backup early, not even an administrator", async () => {
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

test("Backups and restore tests start only when the role has its policies", async () => {
  const plan = await planBackups();
  const policies = plan.all("aws:iam/rolePolicyAttachment:RolePolicyAttachment").map(({ urn }) => urn);
  expect(policies).toHaveLength(4);
  const users = [
    plan.one("aws:backup/selection:Selection"),
    plan.one("aws:backup/restoreTestingSelection:RestoreTestingSelection"),
  ];
  for (const { options } of users) {
    expect(options.propertyDependencies.iamRoleArn).toEqual(expect.arrayContaining(policies));
  }
});

test("A store is selected by its tags, and only in this environment", async () => {
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

test("Only AWS Backup takes the role that reads the stores, without a condition that it does not document", async () => {
  const { assumeRolePolicy } = (await planBackups()).one("aws:iam/role:Role").inputs;
  expect((JSON.parse(String(assumeRolePolicy)) as { Statement: unknown }).Statement).toEqual([
    {
      Sid: "Assume",
      Effect: "Allow",
      Principal: { Service: ["backup.amazonaws.com"] },
      Action: "sts:AssumeRole",
    },
  ]);
});

test("A failed backup or copy and the end of a restore are reported, through EventBridge and only of our role", async () => {
  const plan = await planBackups();
  const role = plan.one("aws:iam/role:Role").outputs.arn;
  const rules = plan.all("aws:cloudwatch/eventRule:EventRule");
  expect(
    Object.fromEntries(rules.map(({ name, inputs }) => [name, JSON.parse(String(inputs.eventPattern))])),
  ).toEqual({
    "backups-backup-jobs": {
      source: ["aws.backup"],
      "detail-type": ["Backup Job State Change"],
      detail: { iamRoleArn: [role], state: ["ABORTED", "EXPIRED", "FAILED"] },
    },
    "backups-copy-jobs": {
      source: ["aws.backup"],
      "detail-type": ["Copy Job State Change"],
      detail: { iamRoleArn: [role], state: ["FAILED"] },
    },
    "backups-restore-jobs": {
      source: ["aws.backup"],
      "detail-type": ["Restore Job State Change"],
      detail: { iamRoleArn: [role], status: ["ABORTED", "COMPLETED", "FAILED"] },
    },
  });
  const targets = plan.all("aws:cloudwatch/eventTarget:EventTarget");
  expect(targets.map(({ inputs }) => [inputs.rule, inputs.arn])).toEqual(
    rules.map(({ outputs }) => [outputs.name, "topic"]),
  );
  // A vault sends no event for a failed backup any more.
  expect(plan.all("aws:backup/vaultNotifications:VaultNotifications")).toEqual([]);
});

test("A restore of the database is tested as often as the settings say", async () => {
  const type = "aws:backup/restoreTestingPlan:RestoreTestingPlan";
  const monthly = (await planBackups()).one(type).inputs;
  expect([monthly.name, monthly.scheduleExpression]).toEqual([
    "task_prod_restore_test",
    "cron(0 9 ? * TUE#1 *)",
  ]);
  const never = await planBackups({ settings: { restoreTest: "none" } });
  expect(never.all(type)).toEqual([]);
});

test("Every wrong setting is named at once and nothing is created", async () => {
  const wrong = { ...settings, dailyRetentionDays: 7, continuousRetentionDays: 36, coolingDays: 0 };
  expect(checkBackupSettings(wrong).map(({ argument }) => argument)).toEqual([
    "dailyRetentionDays",
    "continuousRetentionDays",
    "coolingDays",
  ]);
  await expect(planBackups({ settings: wrong })).rejects.toThrow("3 problems, nothing was created");
});
