import type { Mutation } from "../mutation.ts";

/** Alarms, audit, backups, metrics and costs. */
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
    what: "the trail records one region",
    file: "components/watch/audit/audit.ts",
    find: "isMultiRegionTrail: true",
    replace: "isMultiRegionTrail: false",
    caughtBy: {
      file: "components/watch/audit/audit.test.ts",
      test: "The trail records every region, is encrypted, proves its files and is searchable",
    },
  },
  {
    what: "files of the trail prove nothing",
    file: "components/watch/audit/audit.ts",
    find: "enableLogFileValidation: true",
    replace: "enableLogFileValidation: false",
    caughtBy: {
      file: "components/watch/audit/audit.test.ts",
      test: "The trail records every region, is encrypted, proves its files and is searchable",
    },
  },
  {
    what: "the trail records nothing",
    file: "components/watch/audit/audit.ts",
    find: "enableLogging: true",
    replace: "enableLogging: false",
    caughtBy: {
      file: "components/watch/audit/audit.test.ts",
      test: "The trail records every region, is encrypted, proves its files and is searchable",
    },
  },
  {
    what: "writes to the copy of the trail are not recorded",
    file: "components/watch/audit/audit.ts",
    find: "...(copyArn ?",
    replace: "...(copyArn && false ?",
    caughtBy: {
      file: "components/watch/audit/audit.test.ts",
      test: "A trail that is copied is copied as long as it is kept, and writes to its copy are recorded too",
    },
  },
  {
    what: "a trail that was to be copied and is not is accepted",
    file: "components/watch/audit/check-settings.ts",
    find: "settings.trailCopied !== (trailCopy !== undefined)",
    replace: "!settings.trailCopied && trailCopy !== undefined",
    caughtBy: {
      file: "components/watch/audit/audit.test.ts",
      test: "A copy that the settings ask for and nobody places is refused, and so is one they do not ask for",
    },
  },
  {
    what: "nobody is told that a bucket is no longer copied",
    file: "components/watch/audit/alarm-specs.ts",
    find: ' || ($.eventName = "DeleteBucketReplication")',
    replace: "",
    caughtBy: {
      file: "components/watch/audit/audit.test.ts",
      test: "Somebody who stops the copy of a bucket is told of, because its alarms fall silent with it",
    },
  },
  {
    what: "volumes are not encrypted by default",
    file: "components/watch/audit/account-defaults.ts",
    find: "new aws.ebs.EncryptionByDefault(name, { enabled: true }",
    replace: "new aws.ebs.EncryptionByDefault(name, { enabled: false }",
    caughtBy: {
      file: "components/watch/audit/audit.test.ts",
      test: "What nobody thought of is encrypted, private and without version 1 of instance metadata",
    },
  },
  {
    what: "buckets of the account may be public",
    file: "components/watch/audit/account-defaults.ts",
    find: "restrictPublicBuckets: true",
    replace: "restrictPublicBuckets: false",
    caughtBy: {
      file: "components/watch/audit/audit.test.ts",
      test: "What nobody thought of is encrypted, private and without version 1 of instance metadata",
    },
  },
  {
    what: "intrusions are not looked for",
    file: "components/watch/audit/detection.ts",
    find: "{ enable: true, findingPublishingFrequency",
    replace: "{ enable: false, findingPublishingFrequency",
    caughtBy: {
      file: "components/watch/audit/audit.test.ts",
      test: "GuardDuty watches the cluster, its pods, the database, the buckets and the volumes",
    },
  },
  {
    what: "high findings reach nobody",
    file: "components/watch/audit/detection.ts",
    find: 'detail: { severity: [{ numeric: [">=", 7] }] },',
    replace: 'detail: { severity: [{ numeric: [">=", 9] }] },',
    caughtBy: {
      file: "components/watch/audit/audit.test.ts",
      test: "High findings reach the topic and low ones do not",
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
      test: "Series are encrypted, kept for a year, and outlive the environment",
    },
  },
  {
    what: "metrics are not encrypted with our key",
    file: "components/watch/metrics/metrics.ts",
    find: "      kmsKeyArn: args.dataKeyArn,",
    replace: "",
    caughtBy: {
      file: "components/watch/metrics/metrics.test.ts",
      test: "Series are encrypted, kept for a year, and outlive the environment",
    },
  },
  {
    what: "what should page waits as a ticket",
    file: "components/watch/metrics/metrics.ts",
    find: "args.settings.paging ? args.pageTopicArn : args.ticketTopicArn",
    replace: "args.ticketTopicArn",
    caughtBy: {
      file: "components/watch/metrics/metrics.test.ts",
      test: "Where paging is true, what cannot wait goes to topic-page",
    },
  },
  {
    what: "a dead API is only a ticket",
    file: "components/watch/metrics/slos.ts",
    find: "expression: 'absent(up{service=\"task-api\"} == 1)',",
    replace: "expression: 'absent(up{service=\"task-api\"} == 0)',",
    caughtBy: {
      file: "components/watch/metrics/metrics.test.ts",
      test: "TaskApiDown wakes somebody when no pod of task-api is up, also when nothing is heard of it at all",
    },
  },
  {
    what: "the promise of availability is lowered",
    file: "components/watch/metrics/slos.ts",
    find: "availability: 0.999",
    replace: "availability: 0.9",
    caughtBy: {
      file: "components/watch/metrics/metrics.test.ts",
      test: "TaskApiBudgetBurnsFast compares a long and a short window with its share of the budget",
    },
  },
  {
    what: "costs are told when they have been spent twice",
    file: "components/watch/budget/budget.ts",
    find: '{ notificationType: "ACTUAL", threshold: 80 }',
    replace: '{ notificationType: "ACTUAL", threshold: 200 }',
    caughtBy: {
      file: "components/watch/budget/budget.test.ts",
      test: "A budget counts what carries the environment's tag and tells of 80, 100 and forecast 110 percent",
    },
  },
  {
    what: "alerts speak of workloads that are stopped",
    file: "components/watch/metrics/slos.ts",
    find: "!stopped.includes(service)",
    replace: "stopped.length >= 0 || service",
    caughtBy: {
      file: "components/watch/metrics/metrics.test.ts",
      test: "No alert speaks of a workload that is stopped, and of the others all do",
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
    file: "policies/rules/base/alarms.ts",
    find: "  if (stack.of(rule.store).some(madeFrom)) return false; // It watches another one.",
    replace: "",
    caughtBy: {
      file: "tests/policies/plans.test.ts",
      test: "alarms of one NAT gateway are not taken for those of another",
    },
  },
];
