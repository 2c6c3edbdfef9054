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
      test: "The instance is private, encrypted, logged, on two zones, backed up and without a password in the state",
    },
  },
  {
    what: "the database is not encrypted",
    file: "components/stores/postgres/instances.ts",
    find: "storageEncrypted: true",
    replace: "storageEncrypted: false",
    caughtBy: {
      file: "components/stores/postgres/postgres.test.ts",
      test: "The instance is private, encrypted, logged, on two zones, backed up and without a password in the state",
    },
  },
  {
    what: "services can sign in by password only",
    file: "components/stores/postgres/instances.ts",
    find: "iamDatabaseAuthenticationEnabled: true",
    replace: "iamDatabaseAuthenticationEnabled: false",
    caughtBy: {
      file: "components/stores/postgres/postgres.test.ts",
      test: "The instance is private, encrypted, logged, on two zones, backed up and without a password in the state",
    },
  },
  {
    what: "the database has no standby",
    file: "components/stores/postgres/instances.ts",
    find: "multiAz: settings.multiZone",
    replace: "multiAz: false",
    caughtBy: {
      file: "components/stores/postgres/postgres.test.ts",
      test: "The instance is private, encrypted, logged, on two zones, backed up and without a password in the state",
    },
  },
  {
    what: "backups of the database are kept a day",
    file: "components/stores/postgres/instances.ts",
    find: "backupRetentionPeriod: settings.backupRetentionDays",
    replace: "backupRetentionPeriod: 1",
    caughtBy: {
      file: "components/stores/postgres/postgres.test.ts",
      test: "The instance is private, encrypted, logged, on two zones, backed up and without a password in the state",
    },
  },
  {
    what: "the database can be deleted by mistake",
    file: "components/stores/postgres/instances.ts",
    find: "deletionProtection: settings.deletionProtected",
    replace: "deletionProtection: false",
    caughtBy: {
      file: "components/stores/postgres/postgres.test.ts",
      test: "The instance is private, encrypted, logged, on two zones, backed up and without a password in the state",
    },
  },
  {
    what: "a deletion takes the automated backups along",
    file: "components/stores/postgres/instances.ts",
    find: 'deleteAutomatedBackups: removal === "remove"',
    replace: "deleteAutomatedBackups: true",
    caughtBy: {
      file: "components/stores/postgres/postgres.test.ts",
      test: "The instance is private, encrypted, logged, on two zones, backed up and without a password in the state",
    },
  },
  {
    what: "a deletion leaves no last snapshot",
    file: "components/stores/postgres/instances.ts",
    find: "    skipFinalSnapshot: false,",
    replace: "    skipFinalSnapshot: true,",
    caughtBy: {
      file: "components/stores/postgres/postgres.test.ts",
      test: "The instance is private, encrypted, logged, on two zones, backed up and without a password in the state",
    },
  },
  {
    what: "a major upgrade may come by itself",
    file: "components/stores/postgres/instances.ts",
    find: "allowMajorVersionUpgrade: false",
    replace: "allowMajorVersionUpgrade: true",
    caughtBy: {
      file: "components/stores/postgres/postgres.test.ts",
      test: "The instance is private, encrypted, logged, on two zones, backed up and without a password in the state",
    },
  },
  {
    what: "query statistics are not encrypted with our key",
    file: "components/stores/postgres/instances.ts",
    find: "    performanceInsightsKmsKeyId: args.keyArn,",
    replace: "",
    caughtBy: {
      file: "components/stores/postgres/postgres.test.ts",
      test: "The instance is private, encrypted, logged, on two zones, backed up and without a password in the state",
    },
  },
  {
    what: "the database admits every address",
    file: "components/stores/postgres/access.ts",
    find: "        referencedSecurityGroupId: clientId,",
    replace: '        cidrIpv4: "0.0.0.0/0",',
    caughtBy: {
      file: "components/stores/postgres/postgres.test.ts",
      test: "Only the named groups reach the port, by reference, and nothing leaves",
    },
  },
  {
    what: "the database accepts connections in the clear",
    file: "components/stores/postgres/parameters.ts",
    find: '"rds.force_ssl", "1"',
    replace: '"rds.force_ssl", "0"',
    caughtBy: {
      file: "components/stores/postgres/arithmetic.test.ts",
      test: "The parameters are exactly these, and static ones wait for a restart",
    },
  },
  {
    what: "the database accepts an old TLS",
    file: "components/stores/postgres/parameters.ts",
    find: '"TLSv1.2"',
    replace: '"TLSv1.1"',
    caughtBy: {
      file: "components/stores/postgres/arithmetic.test.ts",
      test: "The parameters are exactly these, and static ones wait for a restart",
    },
  },
  {
    what: "personal data is written to the audit log",
    file: "components/stores/postgres/parameters.ts",
    find: '"pgaudit.log_parameter", "0"',
    replace: '"pgaudit.log_parameter", "1"',
    caughtBy: {
      file: "components/stores/postgres/arithmetic.test.ts",
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
      test: "With removal remove the data is kept: false, and changes come at once: true",
    },
  },
  {
    what: "the database has no alarms",
    file: "components/stores/postgres/postgres.ts",
    find: "    createInstanceAlarms(name, { primary, replicas }, args, this);",
    replace: "",
    caughtBy: {
      file: "components/stores/postgres/postgres.test.ts",
      test: "The primary has its whole alarm set",
    },
  },
  {
    what: "the logs of the database are not encrypted",
    file: "components/stores/postgres/observation.ts",
    find: "          kmsKeyId: args.logKeyArn,",
    replace: "",
    caughtBy: {
      file: "components/stores/postgres/postgres.test.ts",
      test: "Log groups with key and retention exist before RDS writes to them",
    },
  },
  {
    what: "RDS of any account takes the monitoring role",
    file: "components/stores/postgres/observation.ts",
    find: '        StringEquals: { "aws:SourceAccount": args.accountId },',
    replace: "",
    caughtBy: {
      file: "components/stores/postgres/arithmetic.test.ts",
      test: "Only RDS, for this database and its replicas, may take the monitoring role",
    },
  },
  {
    what: "the master password stands in the program instead of a managed secret",
    file: "components/stores/postgres/master-credentials.ts",
    find: 'if (args.settings.masterPassword === "rds") {',
    replace: 'if (args.settings.masterPassword !== "rds") {',
    caughtBy: {
      file: "components/stores/postgres/postgres.test.ts",
      test: "The instance is private, encrypted, logged, on two zones, backed up and without a password in the state",
    },
  },
  {
    what: "the master secret has no rotation rules of ours",
    file: "components/stores/postgres/master-credentials.ts",
    find: "rotationRules: masterRotation }",
    replace: "rotationRules: { automaticallyAfterDays: 365 } }",
    caughtBy: {
      file: "components/stores/postgres/lifecycle.test.ts",
      test: "Pain 21: the managed password turns in the maintenance window, not at an hour of its own choice",
    },
  },
  {
    what: "a silent database wakes nobody",
    file: "components/stores/postgres/alarm-specs.ts",
    find: 'missing: "breaching", // The heartbeat',
    replace: 'missing: "notBreaching", // The heartbeat',
    caughtBy: {
      file: "components/stores/postgres/postgres.test.ts",
      test: "The primary has its whole alarm set",
    },
  },
  {
    what: "a full disk is told at one percent",
    file: "components/stores/postgres/alarm-specs.ts",
    find: "* gibibyte * 0.1, // RDS grows",
    replace: "* gibibyte * 0.01, // RDS grows",
    caughtBy: {
      file: "components/stores/postgres/postgres.test.ts",
      test: "The primary has its whole alarm set",
    },
  },
];
