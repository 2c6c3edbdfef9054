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
      test: "with a replica the API is told both hosts, and may sign in to both",
    },
  },
  {
    what: "the standby cannot read the copies of the secrets",
    file: "infra/workloads/secrets.ts",
    find: "readers: [controller.roleArn, ...standbys]",
    replace: "readers: [controller.roleArn]",
    caughtBy: {
      file: "tests/program/secrets.test.ts",
      test: "the copy in the recovery region is readable there: by name, by role and by key",
    },
  },
  {
    what: "every role of the standby reads the secrets",
    file: "infra/workloads/secrets.ts",
    find: "`arn:aws:iam::${config.accountId}:role${rolePath(name)}${controllerName}-*`",
    replace: "`arn:aws:iam::${config.accountId}:role${rolePath(name)}*`",
    caughtBy: {
      file: "tests/program/secrets.test.ts",
      test: "the copy in the recovery region is readable there: by name, by role and by key",
    },
  },
  {
    what: "the standby decrypts copies with another key",
    file: "infra/workloads/secrets.ts",
    find: 'recoveryKeyAlias(prefixOf(owner), "secrets")',
    replace: 'recoveryKeyAlias(prefixOf(owner), "data")',
    caughtBy: {
      file: "tests/program/secrets.test.ts",
      test: "the copy in the recovery region is readable there: by name, by role and by key",
    },
  },
  {
    what: "the way to the internet includes our own networks",
    file: "infra/workloads/traffic.ts",
    find: '  "10.0.0.0/8",',
    replace: "",
    caughtBy: {
      file: "tests/program/access.test.ts",
      test: "in prod the namespace admits nothing, and each workload what it needs",
    },
  },
  {
    what: "the whole network reaches the pods of the API",
    file: "infra/workloads/traffic.ts",
    find: '      cidrs: tier("public"),',
    replace: "      cidrs: [spec.network.cidr],",
    caughtBy: {
      file: "tests/program/access.test.ts",
      test: "in prod the namespace admits nothing, and each workload what it needs",
    },
  },
  {
    what: "workloads reach the database from anywhere",
    file: "infra/workloads/traffic.ts",
    find: "toPostgres: to(postgresPort, data)",
    replace: 'toPostgres: to(postgresPort, ["0.0.0.0/0"])',
    caughtBy: {
      file: "tests/program/access.test.ts",
      test: "in prod the namespace admits nothing, and each workload what it needs",
    },
  },
  {
    what: "the API signs in as the owner of the schema",
    file: "infra/workloads/api.ts",
    find: "role: database.roles.api,",
    replace: "role: database.master,",
    caughtBy: {
      file: "tests/program/access.test.ts",
      test: "the API may sign in to its database role and to the cache, and to nothing else",
    },
  },
  {
    what: "the migration opens everything the key of secrets has locked",
    file: "infra/workloads/migration.ts",
    find: 'StringEquals: { "kms:ViaService": ',
    replace: 'StringNotEquals: { "kms:ViaService": ',
    caughtBy: {
      file: "tests/program/access.test.ts",
      test: "the migration reads one secret, and uses its key through Secrets Manager only",
    },
  },
  {
    what: "the relay may do what the processor may",
    file: "infra/workloads/relay.ts",
    find: "consumes: [], groups: []",
    replace: "consumes: [topics.taskEvents.name], groups: []",
    caughtBy: {
      file: "tests/program/access.test.ts",
      test: "relay and processor may do with Kafka what the contracts say, topic by topic",
    },
  },
  {
    what: "services do not check who the database is",
    file: "infra/workloads/variables.ts",
    find: 'DATABASE_TLS: "verify-full"',
    replace: 'DATABASE_TLS: "off"',
    caughtBy: {
      file: "tests/program/workloads.test.ts",
      test: "the API is told where its stores are, by the stores themselves",
    },
  },
  {
    what: "services speak to the cache in the clear",
    file: "infra/workloads/variables.ts",
    find: 'REDIS_TLS: "on"',
    replace: 'REDIS_TLS: "off"',
    caughtBy: {
      file: "tests/program/workloads.test.ts",
      test: "the API is told where its stores are, by the stores themselves",
    },
  },
  {
    what: "pods start before the schema is there",
    file: "infra/workloads/create.ts",
    find: "        migration.job,",
    replace: "",
    caughtBy: {
      file: "tests/program/workloads.test.ts",
      test: "in prod no pod starts before its namespace, role, nodes and the migration",
    },
  },
  {
    what: "pods are killed while they still answer",
    file: "infra/workloads/create.ts",
    find: "return preStopSeconds + shutdownGraceMs / 1000 + 5;",
    replace: "return preStopSeconds + 5;",
    caughtBy: {
      file: "tests/program/workloads.test.ts",
      test: "a service has more time to stop than it takes, and the API longer than its load balancer",
    },
  },
  {
    what: "the relay is as urgent as the API",
    file: "infra/workloads/relay.ts",
    find: 'urgency: "worker"',
    replace: 'urgency: "api"',
    caughtBy: {
      file: "tests/program/workloads.test.ts",
      test: "in prod the API comes before the workers, and they before the migration",
    },
  },
  {
    what: "the first pods come before the admission policy",
    file: "infra/workloads/create.ts",
    find: "migration.job, context.namespace.admission,",
    replace: "migration.job,",
    caughtBy: {
      file: "tests/program/admission.test.ts",
      test: "in prod no pod comes before the policy is in force",
    },
  },
];
