import type { Mutation } from "../mutation.ts";

/** The block "backups". */
export const backupsMutations: readonly Mutation[] = [
  {
    what: "continuous backups are deleted after one day",
    file: "components/stores/backups/backups.ts",
    find: "          lifecycle: { deleteAfter: settings.continuousRetentionDays },",
    replace: "          lifecycle: { deleteAfter: 1 },",
    caughtBy: {
      file: "components/stores/backups/backups.test.ts",
      test: "The plan copies a daily backup to the recovery region, and makes a recovery point every hour",
    },
  },
  {
    what: "databases are not backed up",
    file: "components/stores/backups/backups.ts",
    find: '"arn:aws:rds:*:*:db:*", ',
    replace: "",
    caughtBy: {
      file: "components/stores/backups/backups.test.ts",
      test: "A store is selected by its tags, and only in this environment",
    },
  },
  {
    what: "no restore is tested",
    file: "components/stores/backups/backups.ts",
    find: "    createRestoreTest(name, args, home, role, this);",
    replace: "",
    caughtBy: {
      file: "components/stores/backups/backups.test.ts",
      test: "A restore of the database is tested as often as the settings say",
    },
  },
  {
    what: "a failed backup is reported to nobody",
    file: "components/stores/backups/backups.ts",
    find: '"BACKUP_JOB_FAILED", ',
    replace: "",
    caughtBy: {
      file: "components/stores/backups/backups.test.ts",
      test: "A failed backup or copy is reported to the topic",
    },
  },
  {
    what: "AWS Backup in any account takes the role",
    file: "components/stores/backups/backups.ts",
    find: 'serviceTrust("backup.amazonaws.com", args.accountId)',
    replace: 'serviceTrust("backup.amazonaws.com")',
    caughtBy: {
      file: "components/stores/backups/backups.test.ts",
      test: "Only AWS Backup in this account takes the role that reads the stores",
    },
  },
  {
    what: "vaults are not locked",
    file: "components/stores/backups/vaults.ts",
    find: 'if (settings.lock === "none") return;',
    replace: 'if (settings.lock !== "none") return;',
    caughtBy: {
      file: "components/stores/backups/backups.test.ts",
      test: "Both vaults have a compliance lock",
    },
  },
  {
    what: "the lock can be removed later",
    file: "components/stores/backups/vaults.ts",
    find: '      ...(settings.lock === "compliance" ? { changeableForDays: settings.coolingDays } : {}),',
    replace: "",
    caughtBy: {
      file: "components/stores/backups/backups.test.ts",
      test: "Both vaults have a compliance lock",
    },
  },
  {
    what: "everybody may delete backups",
    file: "components/stores/backups/vaults.ts",
    find: 'actions: ["backup:DeleteRecoveryPoint", "backup:UpdateRecoveryPointLifecycle"]',
    replace: 'actions: ["backup:UpdateRecoveryPointLifecycle"]',
    caughtBy: {
      file: "components/stores/backups/backups.test.ts",
      test: "Nobody can delete a backup early, not even an administrator",
    },
  },
];
