import type { Mutation } from "../mutation.ts";

/** The block "postgres": restore, updates and master password. */
export const postgresLifeMutations: readonly Mutation[] = [
  {
    what: "a restore in the stack file replaces the existing database",
    file: "components/stores/postgres/instances.ts",
    find: '"snapshotIdentifier", "restoreToPointInTime", "kmsKeyId"',
    replace: '"snapshotIdentifier", "kmsKeyId"',
    caughtBy: {
      file: "components/stores/postgres/restore.test.ts",
      test: "After creation, no change of restore, key, name or master user replaces a database",
    },
  },
  {
    what: "a restored database gets the key of the settings, which it cannot have, and the next deploy replaces it",
    file: "components/stores/postgres/restore.ts",
    find: "    kmsKeyId: keyArn,",
    replace: "",
    caughtBy: {
      file: "components/stores/postgres/restore.test.ts",
      test: "A database is created from a replicated backup, with all other inputs of the settings",
    },
  },
  {
    what: "the last snapshot of a restored database reuses the name of its predecessor",
    file: "components/stores/postgres/instances.ts",
    find: "...(args.restore ? { restored: ",
    replace: "...(false && args.restore ? { restored: ",
    caughtBy: {
      file: "components/stores/postgres/restore.test.ts",
      test: "The last snapshot of a restored database has another name than that of its predecessor",
    },
  },
  {
    what: "the operator's copy never reaches the database",
    file: "infra/data/data.ts",
    find: "...restoreOf(environment, keys.arns.data),",
    replace: "",
    caughtBy: {
      file: "tests/program/wiring.test.ts",
      test: "the standby's database is made from the copy that an operator names, with the key of the copy",
    },
  },
  {
    what: "a copy of another region or account is asked of RDS",
    file: "infra/environment/environment.ts",
    find: "...restoreConfigProblems(spec.region, readable, source),",
    replace: "",
    caughtBy: {
      file: "infra/environment/check-restore.test.ts",
      test: "everything wrong with a restore is told at once: region, account, a time to come",
    },
  },
  {
    what: "a spec combines blue/green with a password that RDS manages, and the update fails half-way",
    file: "components/stores/postgres/check.ts",
    find: '(readReplicas > 0 || updates === "blue-green")',
    replace: "(readReplicas > 0)",
    caughtBy: {
      file: "components/stores/postgres/check.test.ts",
      test: "Blue/green updates with a password that RDS manages are refused",
    },
  },
  {
    what: "an update silently stops the copies in the recovery region",
    file: "components/stores/postgres/check.ts",
    find: "unless(recoveryRetentionDays <= 0, {",
    replace: "unless(true, {",
    caughtBy: {
      file: "components/stores/postgres/check.test.ts",
      test: "Blue/green updates with copies in the recovery region are refused",
    },
  },
  {
    what: "services are locked out during a blue/green update",
    file: "components/stores/postgres/postgres.ts",
    find: '? [pulumi.output("*")]',
    replace: "? [primary.resourceId]",
    caughtBy: {
      file: "components/stores/postgres/lifecycle.test.ts",
      test: "Services can sign in to any id during blue/green updates, and only to the known ids otherwise",
    },
  },
  {
    what: "services may sign in to any database of the account",
    file: "components/stores/postgres/postgres.ts",
    find: ": instances.map((instance) => instance.resourceId);",
    replace: ': [pulumi.output("*")];',
    caughtBy: {
      file: "components/stores/postgres/lifecycle.test.ts",
      test: "Services can sign in to any id during blue/green updates, and only to the known ids otherwise",
    },
  },
  {
    what: "a blue/green update to another major has no logical replication",
    file: "components/stores/postgres-engine/parameters.ts",
    find: 'restart("rds.logical_replication", "1")',
    replace: "",
    caughtBy: {
      file: "components/stores/postgres/lifecycle.test.ts",
      test: "Blue/green updates use a copy, our password, and logical replication for majors",
    },
  },
  {
    what: "our master password has no copy in the recovery region",
    file: "components/stores/postgres/master-credentials.ts",
    find: "...(recoveryKeyArn ? { replicas: [{ region: recoveryRegion, kmsKeyId: recoveryKeyArn }] } : {}),",
    replace: "",
    caughtBy: {
      file: "components/stores/postgres/lifecycle.test.ts",
      test: "Our master secret has a description, 30 days of recovery, and a copy in the region of the backup copies",
    },
  },
  {
    what: "our master password exists before its policy",
    file: "components/stores/postgres/master-credentials.ts",
    find: "{ parent, dependsOn: [policy] },",
    replace: "{ parent },",
    caughtBy: {
      file: "components/stores/postgres/lifecycle.test.ts",
      test: "Only the named roles read our master password, and the policy exists before the value",
    },
  },
  {
    what: "the role that deploys reads every secret of the account",
    file: "components/delivery/deploy-permissions/statements.ts",
    find: "`arn:aws:secretsmanager:${region}:${accountId}:secret:${scope.writtenSecrets}*`",
    replace: "`arn:aws:secretsmanager:${region}:${accountId}:secret:*`",
    caughtBy: {
      file: "components/delivery/deploy-permissions/statements.test.ts",
      test: "Every change is limited to a region or a name: the program's regions, or us-east-1 for global services",
    },
  },
  {
    what: "the API may not sign in to the replica that it is sent to",
    file: "infra/workloads/statements.ts",
    find: "postgres.resourceIds, [database.role]",
    replace: "postgres.resourceId, [database.role]",
    caughtBy: {
      file: "tests/program/read-replica.test.ts",
      test: "with a replica the API is told both hosts, and may sign in to both",
    },
  },
];
