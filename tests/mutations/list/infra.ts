import type { Mutation } from "../mutation.ts";

/** The wiring of the blocks. */
export const infraMutations: readonly Mutation[] = [
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
    what: "the internal paths are routed from the internet",
    file: "infra/edge/edge.ts",
    find: 'const restPaths = ["/v1/*"];',
    replace: 'const restPaths = ["/*"];',
    caughtBy: {
      file: "tests/program/wiring.test.ts",
      test: "in prod only the paths of the API are routed, and a pod is asked whether it is ready",
    },
  },
  {
    what: "the load balancer asks pods that live, not pods that are ready",
    file: "infra/edge/edge.ts",
    find: "healthPath: probePaths.ready",
    replace: "healthPath: probePaths.live",
    caughtBy: {
      file: "tests/program/wiring.test.ts",
      test: "in prod only the paths of the API are routed, and a pod is asked whether it is ready",
    },
  },
  {
    what: "the load balancer has no firewall",
    file: "infra/edge/edge.ts",
    find: "loadBalancerArns: { api: edge.loadBalancerArn }",
    replace: "loadBalancerArns: {}",
    caughtBy: {
      file: "tests/program/wiring.test.ts",
      test: "in prod the load balancer stands behind the firewall, which tells clients apart by their own address",
    },
  },
  {
    what: "a client writes its own address for the rate limit",
    file: "infra/edge/edge.ts",
    find: 'spec.distribution === "none" ? "source-address" : "forwarded-for"',
    replace: '"forwarded-for"',
    caughtBy: {
      file: "tests/program/wiring.test.ts",
      test: "in dev the load balancer stands behind the firewall, which tells clients apart by their own address",
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
    what: "stores are encrypted with the key of the logs",
    file: "infra/data/data.ts",
    find: "    keyArn: keys.arns.data,",
    replace: "    keyArn: keys.arns.logs,",
    caughtBy: {
      file: "tests/program/wiring.test.ts",
      test: "stores are encrypted with the key of the data and nothing else is, their logs with that of the logs",
    },
  },
  {
    what: "a failed store waits as a ticket",
    file: "infra/data/data.ts",
    find: "alarmTopicArn: platform.alerts.pageTopicArn",
    replace: "alarmTopicArn: platform.alerts.ticketTopicArn",
    caughtBy: {
      file: "tests/program/wiring.test.ts",
      test: "an alarm of a store wakes somebody, and a job is never evicted",
    },
  },
  {
    what: "jobs share their memory with what may be evicted",
    file: "infra/data/data.ts",
    find: 'purpose: "queue"',
    replace: 'purpose: "cache"',
    caughtBy: {
      file: "tests/program/wiring.test.ts",
      test: "an alarm of a store wakes somebody, and a job is never evicted",
    },
  },
  {
    what: "nodes stand in the public subnets",
    file: "infra/platform/platform.ts",
    find: "nodeSubnetIds: network.privateSubnetIds",
    replace: "nodeSubnetIds: network.publicSubnetIds",
    caughtBy: {
      file: "tests/program/wiring.test.ts",
      test: "in prod nodes are in the private subnets and stores in those of the data",
    },
  },
  {
    what: "a deploy with credentials of a second account goes through",
    file: "infra/providers.ts",
    find: "allowedAccountIds: [config.accountId]",
    replace: 'allowedAccountIds: [config.accountId, "222222222222"]',
    caughtBy: {
      file: "tests/program/resources.test.ts",
      test: "providers of prod work in its account and regions only, and tag all they make",
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
    what: "a trail that nobody can delete is in an environment that goes whole",
    file: "infra/environment/check-spec.ts",
    find: "[...switchProblems(spec), ...lockProblems(spec)]",
    replace: "switchProblems(spec)",
    caughtBy: {
      file: "infra/environment/check-spec.test.ts",
      test: "switches that contradict what a destroy leaves are refused one by one",
    },
  },
  {
    what: "the key of copies is not rotated",
    file: "infra/platform/recovery-keys.ts",
    find: "enableKeyRotation: true",
    replace: "enableKeyRotation: false",
    caughtBy: {
      file: "tests/program/wiring.test.ts",
      test: "every key of prod turns within a year, in both regions",
    },
  },
  {
    what: "a primary may stop its relay and processor",
    file: "infra/environment/check-workloads.ts",
    find: 'spec.role === "primary" || mustRun.on === "everywhere"',
    replace: 'mustRun.on === "everywhere"',
    caughtBy: {
      file: "infra/environment/check-spec.test.ts",
      test: "a primary runs everything, and the message says what would stand still",
    },
  },
  {
    what: "a standby may stop the API that users fail over to",
    file: "infra/environment/check-workloads.ts",
    find: 'spec.role === "primary" || mustRun.on === "everywhere"',
    replace: 'spec.role === "primary"',
    caughtBy: {
      file: "infra/environment/check-spec.test.ts",
      test: "a standby may stop relay and processor, and never the API that users fail over to",
    },
  },
  {
    what: "no connection is kept for what is stopped",
    file: "infra/environment/roles.ts",
    find: "  return roles.map(({ key, database }) => ({",
    replace:
      '  return roles.filter(({ key }) => settingsOf(spec, key).state === "running").map(({ key, database }) => ({',
    caughtBy: {
      file: "infra/environment/check-spec.test.ts",
      test: "what is stopped takes its connections, hosts and pods all the same: a failover starts it",
    },
  },
  {
    what: "a stopped relay pages for ever",
    file: "infra/observability/metrics.ts",
    find: "        ...stoppedRoles(spec, roles).map(({ name }) => name),",
    replace: "",
    caughtBy: {
      file: "tests/program/stopped-workloads.test.ts",
      test: "no alert and no alarm waits for what is stopped",
    },
  },
  {
    what: "the lag of a stopped processor pages for ever",
    file: "infra/data/data.ts",
    find: 'roles.filter(({ key }) => settingsOf(spec, key).state === "running")',
    replace: "roles",
    caughtBy: {
      file: "tests/program/stopped-workloads.test.ts",
      test: "no alert and no alarm waits for what is stopped",
    },
  },
  {
    what: "npm start runs what is stopped",
    file: "tools/local/manifests/read-manifests.ts",
    find: "replicas: spec.replicas === 0 ? 0 : (",
    replace: "replicas: (",
    caughtBy: {
      file: "tools/local/manifests/read-manifests.test.ts",
      test: "a deployment that is stopped has no replica, with or without an autoscaler beside it",
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
