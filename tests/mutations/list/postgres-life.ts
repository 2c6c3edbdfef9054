import type { Mutation } from "../mutation.ts";

/** The block "postgres": what it is made from, how it is changed, and who knows its password. */
export const postgresLifeMutations: readonly Mutation[] = [
  {
    what: "a copy named in the stack file replaces the live database",
    file: "components/stores/postgres/instances.ts",
    find: '"snapshotIdentifier", "restoreToPointInTime", "kmsKeyId"',
    replace: '"snapshotIdentifier", "kmsKeyId"',
    caughtBy: {
      file: "components/stores/postgres/restore.test.ts",
      test: "Once it is there, no copy, key, name or owner that is set or taken away replaces a database",
    },
  },
  {
    what: "a restored database is asked for the key of the page, which it cannot have, and is replaced by the next deploy",
    file: "components/stores/postgres/restore.ts",
    find: "    kmsKeyId: keyArn,",
    replace: "",
    caughtBy: {
      file: "components/stores/postgres/restore.test.ts",
      test: "A database is made from a replicated backup, with everything else the page asks for",
    },
  },
  {
    what: "a restored database ends under the name that the one before has taken",
    file: "components/stores/postgres/instances.ts",
    find: "...(args.restore ? { restored: ",
    replace: "...(false && args.restore ? { restored: ",
    caughtBy: {
      file: "components/stores/postgres/restore.test.ts",
      test: "A restored database ends under another name than the one whose place it took",
    },
  },
  {
    what: "the operator's copy never reaches the database",
    file: "infra/data.ts",
    find: "...restoreOf(environment, keys.arns.data),",
    replace: "",
    caughtBy: {
      file: "tests/program/wiring.test.ts",
      test: "the standby's database is made from the copy that an operator names, with the key of the copy",
    },
  },
  {
    what: "a copy of another region or account is asked of RDS",
    file: "infra/environment.ts",
    find: "...restoreConfigProblems(spec.region, readable, source),",
    replace: "",
    caughtBy: {
      file: "infra/check-restore.test.ts",
      test: "everything wrong with a restore is told at once: region, account, a time to come",
    },
  },
  {
    what: "a page asks for blue/green beside a password of RDS, which fails half-way through an update",
    file: "components/stores/postgres/check-settings.ts",
    find: '(readReplicas > 0 || updates === "blue-green")',
    replace: "(readReplicas > 0)",
    caughtBy: {
      file: "components/stores/postgres/check-settings.test.ts",
      test: "Blue/green beside a password that RDS manages is refused",
    },
  },
  {
    what: "an update ends the copies in the recovery region without a word",
    file: "components/stores/postgres/check-settings.ts",
    find: 'if (updates === "blue-green" && recoveryRetentionDays > 0) {',
    replace: "if (recoveryRetentionDays < 0) {",
    caughtBy: {
      file: "components/stores/postgres/check-settings.test.ts",
      test: "Blue/green beside copies in the recovery region is refused",
    },
  },
  {
    what: "services are locked out while a copy takes over",
    file: "components/stores/postgres/postgres.ts",
    find: '? [pulumi.output("*")]',
    replace: "? [primary.resourceId]",
    caughtBy: {
      file: "components/stores/postgres/lifecycle.test.ts",
      test: "Services sign in while a copy takes over under another id, and by id alone otherwise",
    },
  },
  {
    what: "services may sign in to any database of the account",
    file: "components/stores/postgres/postgres.ts",
    find: ": instances.map((instance) => instance.resourceId);",
    replace: ': [pulumi.output("*")];',
    caughtBy: {
      file: "components/stores/postgres/lifecycle.test.ts",
      test: "Services sign in while a copy takes over under another id, and by id alone otherwise",
    },
  },
  {
    what: "a copy of another major has nothing that feeds it",
    file: "components/stores/postgres/parameters.ts",
    find: 'restart("rds.logical_replication", "1")',
    replace: "",
    caughtBy: {
      file: "components/stores/postgres/lifecycle.test.ts",
      test: "Blue/green updates are made on a copy, with a password of ours and replication that a major needs",
    },
  },
  {
    what: "the master password of ours has no copy where its database is restored",
    file: "components/stores/postgres/master-credentials.ts",
    find: "...(recoveryKeyArn ? { replicas: [{ region: recoveryRegion, kmsKeyId: recoveryKeyArn }] } : {}),",
    replace: "",
    caughtBy: {
      file: "components/stores/postgres/lifecycle.test.ts",
      test: "Our master secret says what it opens, has a month of grace, and a copy where the backups are copied",
    },
  },
  {
    what: "the master password of ours is there before anything says who reads it",
    file: "components/stores/postgres/master-credentials.ts",
    find: "{ parent, dependsOn: [policy] },",
    replace: "{ parent },",
    caughtBy: {
      file: "components/stores/postgres/lifecycle.test.ts",
      test: "Only the named roles read our master password, from before it is there",
    },
  },
  {
    what: "the role that deploys reads every secret of the account",
    file: "components/delivery/deploy-permissions/statements.ts",
    find: "secret:${scope.writtenSecrets}*`",
    replace: "secret:*`",
    caughtBy: {
      file: "components/delivery/deploy-permissions/statements.test.ts",
      test: "Every change is limited to a region or a name: the program's regions, or us-east-1 for global services",
    },
  },
  {
    what: "the API may not sign in to the replica that it is sent to",
    file: "infra/access.ts",
    find: "postgres.resourceIds, [role]",
    replace: "postgres.resourceId, [role]",
    caughtBy: {
      file: "tests/program/read-replica.test.ts",
      test: "with a replica the API is told both hosts, and may sign in to both",
    },
  },
];
