import type { Mutation } from "../mutation.ts";

/** Alarms, backups, metrics and costs. */
export const operationsMutations: readonly Mutation[] = [
  {
    what: "alerts are not encrypted with our key",
    file: "components/base/alerts/alerts.ts",
    find: "{ kmsMasterKeyId: args.keyArn }",
    replace: "{}",
    caughtBy: {
      file: "components/base/alerts/alerts.test.ts",
      test: "what wakes somebody and what waits go to two topics, both encrypted",
    },
  },
  {
    what: "every account publishes alerts",
    file: "components/base/alerts/alerts.ts",
    find: '      conditions: { StringEquals: { "aws:SourceAccount": args.accountId } },',
    replace: "",
    caughtBy: {
      file: "components/base/alerts/alerts.test.ts",
      test: "only services of this account publish, and only over TLS",
    },
  },
  {
    what: "alarms tell nobody",
    file: "components/base/alarms/alarms.ts",
    find: "    alarmActions: [args.topicArn],",
    replace: "    alarmActions: [],",
    caughtBy: {
      file: "components/base/alarms/alarms.test.ts",
      test: "An alarm tells the topic of its beginning and its end, and says what silence means",
    },
  },
  {
    what: "backups end early",
    file: "components/stores/backups/backups.ts",
    find: "          lifecycle: { deleteAfter: settings.continuousRetentionDays },",
    replace: "          lifecycle: { deleteAfter: 1 },",
    caughtBy: {
      file: "components/stores/backups/backups.test.ts",
      test: "Every hour is a recovery point, continuous where the store can",
    },
  },
  {
    what: "databases are not in the backup",
    file: "components/stores/backups/backups.ts",
    find: '"arn:aws:rds:*:*:db:*", ',
    replace: "",
    caughtBy: {
      file: "components/stores/backups/backups.test.ts",
      test: "A store is backed up because of its tags, and only those of this environment are",
    },
  },
  {
    what: "no restore is tried",
    file: "components/stores/backups/backups.ts",
    find: "    createRestoreTest(name, args, home, role, this);",
    replace: "",
    caughtBy: {
      file: "components/stores/backups/backups.test.ts",
      test: "A restore of the database is tried as often as the settings say",
    },
  },
  {
    what: "a failed backup tells nobody",
    file: "components/stores/backups/backups.ts",
    find: '"BACKUP_JOB_FAILED", ',
    replace: "",
    caughtBy: { file: "components/stores/backups/backups.test.ts", test: "A failed backup or copy is told" },
  },
  {
    what: "any account's backup service takes the role",
    file: "components/stores/backups/backups.ts",
    find: 'serviceTrust("backup.amazonaws.com", args.accountId)',
    replace: 'serviceTrust("backup.amazonaws.com")',
    caughtBy: {
      file: "components/stores/backups/backups.test.ts",
      test: "Only the backup service, and only for this account, takes the role that reads the stores",
    },
  },
  {
    what: "vaults are not locked",
    file: "components/stores/backups/vaults.ts",
    find: 'if (settings.lock === "none") return;',
    replace: 'if (settings.lock !== "none") return;',
    caughtBy: {
      file: "components/stores/backups/backups.test.ts",
      test: "A lock of compliance is on both vaults",
    },
  },
  {
    what: "the lock can be taken off again",
    file: "components/stores/backups/vaults.ts",
    find: '      ...(settings.lock === "compliance" ? { changeableForDays: settings.coolingDays } : {}),',
    replace: "",
    caughtBy: {
      file: "components/stores/backups/backups.test.ts",
      test: "A lock of compliance is on both vaults",
    },
  },
  {
    what: "who may delete backups is not limited",
    file: "components/stores/backups/vaults.ts",
    find: 'actions: ["backup:DeleteRecoveryPoint", "backup:UpdateRecoveryPointLifecycle"]',
    replace: 'actions: ["backup:UpdateRecoveryPointLifecycle"]',
    caughtBy: {
      file: "components/stores/backups/backups.test.ts",
      test: "Nobody deletes a backup early, not even an administrator",
    },
  },
  {
    what: "metrics are kept a week",
    file: "components/watch/metrics/metrics.ts",
    find: "retentionPeriodInDays: args.settings.retentionDays",
    replace: "retentionPeriodInDays: 7",
    caughtBy: {
      file: "components/watch/metrics/metrics.test.ts",
      test: "Series are encrypted, kept for a year, and retained after a destroy",
    },
  },
  {
    what: "metrics are not encrypted with our key",
    file: "components/watch/metrics/metrics.ts",
    find: "      kmsKeyArn: args.dataKeyArn,",
    replace: "",
    caughtBy: {
      file: "components/watch/metrics/metrics.test.ts",
      test: "Series are encrypted, kept for a year, and retained after a destroy",
    },
  },
  {
    what: "what should page waits as a ticket",
    file: "components/watch/metrics/metrics.ts",
    find: "args.settings.paging ? args.pageTopicArn : args.ticketTopicArn",
    replace: "args.ticketTopicArn",
    caughtBy: {
      file: "components/watch/metrics/metrics.test.ts",
      test: "With paging true alerts of severity page go to topic-page",
    },
  },
  {
    what: "a dead API is only a ticket",
    file: "components/watch/metrics/slos.ts",
    find: "expression: 'absent(up{service=\"task-api\"} == 1)',",
    replace: "expression: 'absent(up{service=\"task-api\"} == 0)',",
    caughtBy: {
      file: "components/watch/metrics/metrics.test.ts",
      test: "TaskApiDown pages when no pod of task-api is up, also when there are no series of it at all",
    },
  },
  {
    what: "the promise of availability is lowered",
    file: "components/watch/metrics/slos.ts",
    find: "availability: 0.999",
    replace: "availability: 0.9",
    caughtBy: {
      file: "components/watch/metrics/metrics.test.ts",
      test: "TaskApiBudgetBurnsFast compares the error rate of a long and a short window with its limit",
    },
  },
  {
    what: "costs are told when they have been spent twice",
    file: "components/watch/budget/budget.ts",
    find: '{ notificationType: "ACTUAL", threshold: 80 }',
    replace: '{ notificationType: "ACTUAL", threshold: 200 }',
    caughtBy: {
      file: "components/watch/budget/budget.test.ts",
      test: "A budget counts resources with the environment's tag and notifies at 80, 100 and forecast 110 percent",
    },
  },
  {
    what: "alerts speak of workloads that are stopped",
    file: "components/watch/metrics/slos.ts",
    find: "!stopped.includes(service)",
    replace: "stopped.length >= 0 || service",
    caughtBy: {
      file: "components/watch/metrics/metrics.test.ts",
      test: "A stopped workload has no alert, and the others have all of theirs",
    },
  },
  {
    what: "an alarm on a share multiplies by all instead of dividing",
    file: "components/base/alarms/share-alarms.ts",
    find: "`100 * part / (",
    replace: "`100 * part * (",
    caughtBy: {
      file: "components/base/alarms/share-alarms.test.ts",
      test: "A share is the part of all in percent, and the only value the alarm looks at",
    },
  },
  {
    what: "alarms of one store are taken for those of another",
    file: "policies/rules/alarms.ts",
    find: "  if (stack.of(rule.store).some(madeFrom)) return false; // It watches another one.",
    replace: "",
    caughtBy: {
      file: "tests/policies/plans.test.ts",
      test: "alarms of one NAT gateway are not taken for those of another",
    },
  },
];
