import type { Mutation } from "../mutation.ts";

/** The block "postgres". */
export const postgresMutations: readonly Mutation[] = [
  {
    what: "the database has a public address",
    file: "components/stores/postgres/instances.ts",
    find: "publiclyAccessible: false",
    replace: "publiclyAccessible: true",
    caughtBy: {
      file: "components/stores/postgres/postgres.test.ts",
      test: "The instance is private, encrypted, logged, in two zones and backed up, and its password is not in the state",
    },
  },
  {
    what: "the database is not encrypted",
    file: "components/stores/postgres/instances.ts",
    find: "storageEncrypted: true",
    replace: "storageEncrypted: false",
    caughtBy: {
      file: "components/stores/postgres/postgres.test.ts",
      test: "The instance is private, encrypted, logged, in two zones and backed up, and its password is not in the state",
    },
  },
  {
    what: "services can sign in by password only",
    file: "components/stores/postgres/instances.ts",
    find: "iamDatabaseAuthenticationEnabled: true",
    replace: "iamDatabaseAuthenticationEnabled: false",
    caughtBy: {
      file: "components/stores/postgres/postgres.test.ts",
      test: "The instance is private, encrypted, logged, in two zones and backed up, and its password is not in the state",
    },
  },
  {
    what: "the database has no standby",
    file: "components/stores/postgres/instances.ts",
    find: "multiAz: settings.multiZone",
    replace: "multiAz: false",
    caughtBy: {
      file: "components/stores/postgres/postgres.test.ts",
      test: "The instance is private, encrypted, logged, in two zones and backed up, and its password is not in the state",
    },
  },
  {
    what: "backups of the database are kept for one day",
    file: "components/stores/postgres/instances.ts",
    find: "backupRetentionPeriod: settings.backupRetentionDays",
    replace: "backupRetentionPeriod: 1",
    caughtBy: {
      file: "components/stores/postgres/postgres.test.ts",
      test: "The instance is private, encrypted, logged, in two zones and backed up, and its password is not in the state",
    },
  },
  {
    what: "the database can be deleted by mistake",
    file: "components/stores/postgres/instances.ts",
    find: "deletionProtection: settings.deletionProtected",
    replace: "deletionProtection: false",
    caughtBy: {
      file: "components/stores/postgres/postgres.test.ts",
      test: "The instance is private, encrypted, logged, in two zones and backed up, and its password is not in the state",
    },
  },
  {
    what: "a deletion also deletes the automated backups",
    file: "components/stores/postgres/instances.ts",
    find: 'deleteAutomatedBackups: removal === "remove"',
    replace: "deleteAutomatedBackups: true",
    caughtBy: {
      file: "components/stores/postgres/postgres.test.ts",
      test: "The instance is private, encrypted, logged, in two zones and backed up, and its password is not in the state",
    },
  },
  {
    what: "a deletion creates no last snapshot",
    file: "components/stores/postgres/instances.ts",
    find: "    skipFinalSnapshot: false,",
    replace: "    skipFinalSnapshot: true,",
    caughtBy: {
      file: "components/stores/postgres/postgres.test.ts",
      test: "The instance is private, encrypted, logged, in two zones and backed up, and its password is not in the state",
    },
  },
  {
    what: "RDS accepts a major upgrade by mistake",
    file: "components/stores/postgres/instances.ts",
    find: "allowMajorVersionUpgrade: false",
    replace: "allowMajorVersionUpgrade: true",
    caughtBy: {
      file: "components/stores/postgres/postgres.test.ts",
      test: "The instance is private, encrypted, logged, in two zones and backed up, and its password is not in the state",
    },
  },
  {
    what: "query statistics are not encrypted with our key",
    file: "components/stores/postgres/instances.ts",
    find: "    performanceInsightsKmsKeyId: args.keyArn,",
    replace: "",
    caughtBy: {
      file: "components/stores/postgres/postgres.test.ts",
      test: "The instance is private, encrypted, logged, in two zones and backed up, and its password is not in the state",
    },
  },
  {
    what: "the database accepts connections without TLS",
    file: "components/stores/postgres-engine/parameters.ts",
    find: '"rds.force_ssl", "1"',
    replace: '"rds.force_ssl", "0"',
    caughtBy: {
      file: "components/stores/postgres-engine/postgres-engine.test.ts",
      test: "The parameters are exactly these, and static ones wait for a restart",
    },
  },
  {
    what: "the database accepts an old TLS",
    file: "components/stores/postgres-engine/parameters.ts",
    find: '"TLSv1.2"',
    replace: '"TLSv1.1"',
    caughtBy: {
      file: "components/stores/postgres-engine/postgres-engine.test.ts",
      test: "The parameters are exactly these, and static ones wait for a restart",
    },
  },
  {
    what: "personal data is written to the audit log",
    file: "components/stores/postgres-engine/parameters.ts",
    find: '"pgaudit.log_parameter", "0"',
    replace: '"pgaudit.log_parameter", "1"',
    caughtBy: {
      file: "components/stores/postgres-engine/postgres-engine.test.ts",
      test: "The parameters are exactly these, and static ones wait for a restart",
    },
  },
  {
    what: "backups are not copied to the recovery region",
    file: "components/stores/postgres/postgres.ts",
    find: "    createRecoveryCopies(name, args, primary, this);",
    replace: "",
    caughtBy: {
      file: "components/stores/postgres/postgres.test.ts",
      test: "With removal remove a destroy keeps the data: false, and changes apply at once: true",
    },
  },
  {
    what: "the database has no alarms",
    file: "components/stores/postgres/postgres.ts",
    find: "    createInstanceAlarms(name, { primary, replicas }, args, this);",
    replace: "",
    caughtBy: {
      file: "components/stores/postgres/postgres.test.ts",
      test: "The primary has alarms, and the topic gets events of the instance and its parameters",
    },
  },
  {
    what: "the logs of the database are not encrypted",
    file: "components/stores/postgres-monitoring/log-groups.ts",
    find: "          kmsKeyId: args.logKeyArn,",
    replace: "",
    caughtBy: {
      file: "components/stores/postgres-monitoring/postgres-monitoring.test.ts",
      test: "Log groups have the names that RDS writes to, a key and a retention, and a destroy keeps them",
    },
  },
  {
    what: "RDS of any account takes the monitoring role",
    file: "components/stores/postgres-monitoring/monitoring-role.ts",
    find: '        StringEquals: { "aws:SourceAccount": args.accountId },',
    replace: "",
    caughtBy: {
      file: "components/stores/postgres-monitoring/postgres-monitoring.test.ts",
      test: "With updates in-place only RDS takes the monitoring role, for this database only",
    },
  },
  {
    what: "the password is ours although RDS should manage it",
    file: "components/stores/postgres/master-credentials.ts",
    find: "if (!keepsMasterPassword(args.settings)) {",
    replace: 'if (args.settings.masterPassword !== "rds") {',
    caughtBy: {
      file: "components/stores/postgres/postgres.test.ts",
      test: "The instance is private, encrypted, logged, in two zones and backed up, and its password is not in the state",
    },
  },
  {
    what: "the managed password is not rotated in the maintenance window",
    file: "components/stores/postgres/master-credentials.ts",
    find: "rotationRules: masterRotation }",
    replace: "rotationRules: { automaticallyAfterDays: 365 } }",
    caughtBy: {
      file: "components/stores/postgres/lifecycle.test.ts",
      test: "Pain 21: the managed password is rotated in the maintenance window, not at an hour that RDS chooses",
    },
  },
  {
    what: "a database without samples fires no alarm",
    file: "components/stores/postgres-monitoring/alarms.ts",
    find: 'threshold: 80, missing: "breaching"',
    replace: 'threshold: 80, missing: "notBreaching"',
    caughtBy: {
      file: "components/stores/postgres-monitoring/postgres-monitoring.test.ts",
      test: "The primary and the replica have their whole alarm sets",
    },
  },
  {
    what: "the alarm on a full disk fires only at one percent",
    file: "components/stores/postgres-monitoring/alarms.ts",
    find: "threshold: instance.storageGiB * gibibyte * 0.1",
    replace: "threshold: instance.storageGiB * gibibyte * 0.01",
    caughtBy: {
      file: "components/stores/postgres-monitoring/postgres-monitoring.test.ts",
      test: "The primary and the replica have their whole alarm sets",
    },
  },
];
