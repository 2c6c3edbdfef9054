import {
  atLeast,
  custom,
  customKey,
  declared,
  isFalse,
  list,
  mismatch,
  pair,
  property,
  type Rule,
  record,
  text,
  texts,
  unless,
} from "../../kit/index.ts";

const vault = "aws:backup/vault:Vault";
const plan = "aws:backup/plan:Plan";
const database = "aws:rds/instance:Instance";

/** Deprecated by the API reference of PutBackupVaultNotifications: accepted, and never sent. */
const deprecatedEvents: readonly string[] = [
  "BACKUP_JOB_SUCCESSFUL",
  "BACKUP_JOB_FAILED",
  "BACKUP_JOB_EXPIRED",
  "RESTORE_JOB_SUCCESSFUL",
  "RESTORE_JOB_FAILED",
  "BACKUP_PLAN_CREATED",
  "BACKUP_PLAN_MODIFIED",
];

export const backupRules: readonly Rule[] = [
  property({
    id: "vault-own-key",
    controls: ["BKP-01"],
    severity: "medium",
    environments: ["prod"],
    types: [vault],
    path: "kmsKeyArn",
    is: customKey,
    whatToDo: "use a customer managed key",
  }),
  pair({
    id: "vault-locked",
    controls: ["BKP-02"],
    severity: "medium",
    environments: ["prod"],
    of: vault,
    partner: "aws:backup/vaultLockConfiguration:VaultLockConfiguration",
    by: "backupVaultName",
    partnerIs: ({ minRetentionDays, maxRetentionDays }) =>
      Number(minRetentionDays) > 0 && Number(maxRetentionDays) > 0,
    wanted: "a lock with both retentions",
    whatToDo: "lock it: an attacker deletes backups first",
    pass: { minRetentionDays: 7, maxRetentionDays: 400 },
    fail: { minRetentionDays: 7 },
  }),
  custom({
    id: "backup-within-the-hour",
    controls: ["BKP-03"],
    severity: "high",
    environments: ["prod"],
    types: [plan],
    whatToDo: "back up continuously or every hour: at most one hour of data may be lost",
    check: ({ rules }) => {
      const frequent = list(rules)
        .map(record)
        .some(
          ({ enableContinuousBackup, schedule }) =>
            enableContinuousBackup === true ||
            /^(rate\(1 hour\)|cron\(\d+ (\*|\*\/1|0\/1) )/.test(text(schedule)),
        );
      return unless(frequent, mismatch("rules", rules, "one that is continuous or hourly"));
    },
    pass: { rules: [{ enableContinuousBackup: true, lifecycle: { deleteAfter: 35 } }] },
    fail: { rules: [{ schedule: "cron(0 3 * * ? *)", lifecycle: { deleteAfter: 35 } }] },
  }),
  custom({
    id: "backup-failures-sent",
    controls: ["BKP-01"],
    severity: "high",
    types: ["aws:backup/vaultNotifications:VaultNotifications"],
    missingIs: "right",
    whatToDo:
      "use a rule of EventBridge on the state of the jobs: the vault sends nothing for these events any more",
    check: ({ backupVaultEvents }) => {
      const silent = texts(backupVaultEvents).filter((event) => deprecatedEvents.includes(event));
      return unless(silent.length === 0, mismatch("backupVaultEvents", silent, "events that are sent"));
    },
    pass: { backupVaultEvents: ["COPY_JOB_FAILED"] },
    fail: { backupVaultEvents: ["BACKUP_JOB_FAILED"] },
  }),
  property({
    id: "backup-kept",
    controls: ["BKP-04"],
    severity: "medium",
    environments: ["prod"],
    types: [plan],
    path: "rules[].lifecycle.deleteAfter",
    is: atLeast(35),
    whatToDo: "keep 35 days or more",
  }),
  declared({
    id: "backup-covers-stores",
    controls: ["BKP-06", "RDS-29"],
    severity: "medium",
    environments: ["prod"],
    where: [database],
    type: "aws:backup/selection:Selection",
    wanted: "a selection by tag that covers databases, disks and buckets",
    whatToDo: "add a plan and a selection",
    is: ({ selectionTags, resources }) => list(selectionTags).length + list(resources).length > 0,
    pass: { selectionTags: [{ type: "STRINGEQUALS", key: "Backup", value: "true" }] },
    fail: { selectionTags: [] },
  }),
  declared({
    id: "backup-restore-tried",
    controls: ["BKP-07"],
    severity: "low",
    environments: ["prod"],
    where: [plan],
    type: "aws:backup/restoreTestingPlan:RestoreTestingPlan",
    wanted: "a restore test every month",
    whatToDo: "add a restore testing plan: a backup that was never restored may not work",
    pass: { scheduleExpression: "cron(0 5 1 * ? *)" },
  }),
  property({
    id: "vault-kept",
    controls: ["BKP-08"],
    severity: "medium",
    environments: ["prod"],
    types: [vault],
    path: "forceDestroy",
    is: isFalse,
    missingIs: "right",
    whatToDo: "set false",
  }),
  pair({
    id: "vault-points-undeletable",
    controls: ["BKP-08"],
    severity: "medium",
    environments: ["prod"],
    of: vault,
    partner: "aws:backup/vaultPolicy:VaultPolicy",
    by: "backupVaultName",
    partnerIs: ({ policy }) => /"Deny"/.test(text(policy)) && /backup:DeleteRecoveryPoint/.test(text(policy)),
    wanted: "a policy that denies DeleteRecoveryPoint",
    whatToDo: "deny it to all but the break-glass role",
    pass: { policy: '{"Statement":[{"Effect":"Deny","Action":"backup:DeleteRecoveryPoint"}]}' },
    fail: { policy: '{"Statement":[]}' },
  }),
  pair({
    id: "database-copied-to-recovery-region",
    controls: ["DR-01", "BKP-03"],
    severity: "high",
    environments: ["prod"],
    of: database,
    when: ({ replicateSourceDb }) => replicateSourceDb === undefined,
    partner: "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication",
    by: "sourceDbInstanceArn",
    wanted: "a copy of its automated backups in the recovery region",
    whatToDo: "replicate automated backups: the loss of a region must not lose more than one hour of data",
    pass: {},
  }),
];
