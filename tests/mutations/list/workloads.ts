import type { Mutation } from "../mutation.ts";

/** Roles, their permissions, secrets and traffic. */
export const workloadsMutations: readonly Mutation[] = [
  {
    what: "the API may not sign in to the replica that it is sent to",
    file: "infra/workloads/statements.ts",
    find: "postgres.resourceIds, [database.role]",
    replace: "postgres.resourceId, [database.role]",
    caughtBy: {
      file: "tests/program/read-replica.test.ts",
      test: "with a read replica the API knows both hosts, and may sign in to both",
    },
  },
  {
    what: "the standby cannot read the copies of the secrets",
    file: "infra/workloads/secrets.ts",
    find: "readers: [controller.roleArn, ...standbys]",
    replace: "readers: [controller.roleArn]",
    caughtBy: {
      file: "tests/program/secrets.test.ts",
      test: "in the recovery region the standby can read the replica of the secret: name, role and key fit",
    },
  },
  {
    what: "every role of the standby reads the secrets",
    file: "infra/workloads/secrets.ts",
    find: "`arn:aws:iam::${config.accountId}:role${rolePath(name)}${controllerName}-*`",
    replace: "`arn:aws:iam::${config.accountId}:role${rolePath(name)}*`",
    caughtBy: {
      file: "tests/program/secrets.test.ts",
      test: "in the recovery region the standby can read the replica of the secret: name, role and key fit",
    },
  },
  {
    what: "the standby decrypts copies with another key",
    file: "infra/workloads/secrets.ts",
    find: 'recoveryKeyAlias(prefixOf(owner), "secrets")',
    replace: 'recoveryKeyAlias(prefixOf(owner), "data")',
    caughtBy: {
      file: "tests/program/secrets.test.ts",
      test: "in the recovery region the standby can read the replica of the secret: name, role and key fit",
    },
  },
  {
    what: "the way to the internet includes our own networks",
    file: "infra/workloads/traffic.ts",
    find: '  "10.0.0.0/8",',
    replace: "",
    caughtBy: {
      file: "tests/program/access.test.ts",
      test: "in prod the namespace denies all traffic, and each workload allows what it needs",
    },
  },
  {
    what: "the whole network reaches the pods of the API",
    file: "infra/workloads/traffic.ts",
    find: '      cidrs: tier("public"),',
    replace: "      cidrs: [spec.network.cidr],",
    caughtBy: {
      file: "tests/program/access.test.ts",
      test: "in prod the namespace denies all traffic, and each workload allows what it needs",
    },
  },
  {
    what: "workloads reach the database from anywhere",
    file: "infra/workloads/traffic.ts",
    find: "toPostgres: to(postgresPort, data)",
    replace: 'toPostgres: to(postgresPort, ["0.0.0.0/0"])',
    caughtBy: {
      file: "tests/program/access.test.ts",
      test: "in prod the namespace denies all traffic, and each workload allows what it needs",
    },
  },
  {
    what: "the API signs in as the owner of the schema",
    file: "infra/workloads/roles/api.ts",
    find: "role: database.roles.api,",
    replace: "role: database.master,",
    caughtBy: {
      file: "tests/program/access.test.ts",
      test: "the API may sign in to its database role and to the cache, and do nothing else",
    },
  },
  {
    what: "the migration opens everything the key of secrets has locked",
    file: "infra/workloads/roles/migration.ts",
    find: 'StringEquals: { "kms:ViaService": ',
    replace: 'StringNotEquals: { "kms:ViaService": ',
    caughtBy: {
      file: "tests/program/access.test.ts",
      test: "the migration reads one secret, and uses its key through Secrets Manager only",
    },
  },
  {
    what: "the relay may do what the processor may",
    file: "infra/workloads/roles/relay.ts",
    find: "consumes: [], groups: []",
    replace: "consumes: [topics.taskEvents.name], groups: []",
    caughtBy: {
      file: "tests/program/access.test.ts",
      test: "relay, processor and analytics have exactly the Kafka permissions of their rows, per topic",
    },
  },
  {
    what: "services do not check who the database is",
    file: "infra/workloads/variables.ts",
    find: 'DATABASE_TLS: "verify-full"',
    replace: 'DATABASE_TLS: "off"',
    caughtBy: {
      file: "tests/program/workloads.test.ts",
      test: "the API gets the addresses of its stores from the stores",
    },
  },
  {
    what: "services speak to the cache in the clear",
    file: "infra/workloads/variables.ts",
    find: 'REDIS_TLS: "on"',
    replace: 'REDIS_TLS: "off"',
    caughtBy: {
      file: "tests/program/workloads.test.ts",
      test: "the API gets the addresses of its stores from the stores",
    },
  },
  {
    what: "pods start before the schema is there",
    file: "infra/workloads/create.ts",
    find: "        migration.job,",
    replace: "",
    caughtBy: {
      file: "tests/program/workloads.test.ts",
      test: "in prod every pod waits for its namespace, role, nodes and the migration",
    },
  },
  {
    what: "pods are killed while they still answer",
    file: "infra/environment/roles.ts",
    find: "return preStopSeconds + shutdownGraceMs / 1000 + 5;",
    replace: "return preStopSeconds + 5;",
    caughtBy: {
      file: "tests/program/workloads.test.ts",
      test: "a service gets more time to stop than it needs, and the API more than its load balancer",
    },
  },
  {
    what: "the relay is as urgent as the API",
    file: "infra/workloads/roles/relay.ts",
    find: 'urgency: "worker"',
    replace: 'urgency: "api"',
    caughtBy: {
      file: "tests/program/workloads.test.ts",
      test: "in prod the API has priority over the workers, and the workers over the migration",
    },
  },
  {
    what: "the first pods come before the admission policy",
    file: "infra/workloads/create.ts",
    find: "migration.job, ...context.namespace.guards,",
    replace: "migration.job,",
    caughtBy: {
      file: "tests/program/admission.test.ts",
      test: "in prod every pod waits until the admission policy is in force",
    },
  },
];
