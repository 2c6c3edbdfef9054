import type { Mutation } from "../mutation.ts";

/** The wiring of the blocks. */
export const infraMutations: readonly Mutation[] = [
  {
    what: "the way to the internet includes our own networks",
    file: "infra/traffic.ts",
    find: '  "10.0.0.0/8",',
    replace: "",
    caughtBy: {
      file: "tests/program/access.test.ts",
      test: "in prod the namespace admits nothing, and each workload what it needs",
    },
  },
  {
    what: "the whole network reaches the pods of the API",
    file: "infra/traffic.ts",
    find: '      cidrs: tier("public"),',
    replace: "      cidrs: [page.network.cidr],",
    caughtBy: {
      file: "tests/program/access.test.ts",
      test: "in prod the namespace admits nothing, and each workload what it needs",
    },
  },
  {
    what: "workloads reach the database from anywhere",
    file: "infra/traffic.ts",
    find: "toPostgres: to(postgresPort, data)",
    replace: 'toPostgres: to(postgresPort, ["0.0.0.0/0"])',
    caughtBy: {
      file: "tests/program/access.test.ts",
      test: "in prod the namespace admits nothing, and each workload what it needs",
    },
  },
  {
    what: "the API signs in as the owner of the schema",
    file: "infra/access.ts",
    find: "databaseStatement(environment, data, database.roles.api)",
    replace: "databaseStatement(environment, data, database.master)",
    caughtBy: {
      file: "tests/program/access.test.ts",
      test: "the API may sign in to its database role and to the cache, and to nothing else",
    },
  },
  {
    what: "the migration opens everything the key of secrets has locked",
    file: "infra/access.ts",
    find: 'StringEquals: { "kms:ViaService": ',
    replace: 'StringNotEquals: { "kms:ViaService": ',
    caughtBy: {
      file: "tests/program/access.test.ts",
      test: "the migration reads one secret, and uses its key through Secrets Manager only",
    },
  },
  {
    what: "the relay may do what the processor may",
    file: "infra/access.ts",
    find: 'withKafka(data, "relay",',
    replace: 'withKafka(data, "processor",',
    caughtBy: {
      file: "tests/program/access.test.ts",
      test: "relay and processor may do with Kafka what the contracts say, topic by topic",
    },
  },
  {
    what: "the internal paths are routed from the internet",
    file: "infra/edge.ts",
    find: 'const restPaths = ["/v1/*"];',
    replace: 'const restPaths = ["/*"];',
    caughtBy: {
      file: "tests/program/wiring.test.ts",
      test: "in prod only the paths of the API are routed, and a pod is asked whether it is ready",
    },
  },
  {
    what: "the load balancer asks pods that live, not pods that are ready",
    file: "infra/edge.ts",
    find: "healthPath: probePaths.ready",
    replace: "healthPath: probePaths.live",
    caughtBy: {
      file: "tests/program/wiring.test.ts",
      test: "in prod only the paths of the API are routed, and a pod is asked whether it is ready",
    },
  },
  {
    what: "the load balancer has no firewall",
    file: "infra/edge.ts",
    find: "loadBalancerArns: { api: edge.loadBalancerArn }",
    replace: "loadBalancerArns: {}",
    caughtBy: {
      file: "tests/program/wiring.test.ts",
      test: "in prod the load balancer stands behind the firewall, which tells clients apart by their own address",
    },
  },
  {
    what: "a client writes its own address for the rate limit",
    file: "infra/edge.ts",
    find: 'spec.distribution === "none" ? "source-address" : "forwarded-for"',
    replace: '"forwarded-for"',
    caughtBy: {
      file: "tests/program/wiring.test.ts",
      test: "in dev the load balancer stands behind the firewall, which tells clients apart by their own address",
    },
  },
  {
    what: "services do not check who the database is",
    file: "infra/containers.ts",
    find: 'DATABASE_TLS: "verify-full"',
    replace: 'DATABASE_TLS: "off"',
    caughtBy: {
      file: "tests/program/workloads.test.ts",
      test: "the API is told where its stores are, by the stores themselves",
    },
  },
  {
    what: "services speak to the cache in the clear",
    file: "infra/containers.ts",
    find: 'REDIS_TLS: "on"',
    replace: 'REDIS_TLS: "off"',
    caughtBy: {
      file: "tests/program/workloads.test.ts",
      test: "the API is told where its stores are, by the stores themselves",
    },
  },
  {
    what: "stores are encrypted with the key of the logs",
    file: "infra/data.ts",
    find: "    keyArn: keys.arns.data,",
    replace: "    keyArn: keys.arns.logs,",
    caughtBy: {
      file: "tests/program/wiring.test.ts",
      test: "stores are encrypted with the key of the data and nothing else is, their logs with that of the logs",
    },
  },
  {
    what: "a failed store waits as a ticket",
    file: "infra/data.ts",
    find: "alarmTopicArn: platform.alerts.pageTopicArn",
    replace: "alarmTopicArn: platform.alerts.ticketTopicArn",
    caughtBy: {
      file: "tests/program/wiring.test.ts",
      test: "an alarm of a store wakes somebody, and a job is never evicted",
    },
  },
  {
    what: "jobs share their memory with what may be evicted",
    file: "infra/data.ts",
    find: 'purpose: "queue"',
    replace: 'purpose: "cache"',
    caughtBy: {
      file: "tests/program/wiring.test.ts",
      test: "an alarm of a store wakes somebody, and a job is never evicted",
    },
  },
  {
    what: "nodes stand in the public subnets",
    file: "infra/platform.ts",
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
    file: "infra/workloads.ts",
    find: "        migration.job,",
    replace: "",
    caughtBy: {
      file: "tests/program/workloads.test.ts",
      test: "in prod no pod starts before its namespace, role, nodes and the migration",
    },
  },
  {
    what: "pods are killed while they still answer",
    file: "infra/workloads.ts",
    find: "return preStopSeconds + shutdownGraceMs / 1000 + 5;",
    replace: "return preStopSeconds + 5;",
    caughtBy: {
      file: "tests/program/workloads.test.ts",
      test: "a service has more time to stop than it takes, and the API longer than its load balancer",
    },
  },
  {
    what: "a trail that nobody can delete is in an environment that goes whole",
    file: "infra/check-spec.ts",
    find: "[...switchProblems(spec), ...lockProblems(spec)]",
    replace: "switchProblems(spec)",
    caughtBy: {
      file: "infra/check-spec.test.ts",
      test: "switches that contradict what a destroy leaves are refused one by one",
    },
  },
  {
    what: "the key of copies is not rotated",
    file: "infra/recovery.ts",
    find: "enableKeyRotation: true",
    replace: "enableKeyRotation: false",
    caughtBy: {
      file: "tests/program/wiring.test.ts",
      test: "every key of prod turns within a year, in both regions",
    },
  },
  {
    what: "a primary may stop its relay and processor",
    file: "infra/check-spec.ts",
    find: 'spec.role === "primary" || key === "api"',
    replace: 'key === "api"',
    caughtBy: {
      file: "infra/check-spec.test.ts",
      test: "a primary runs everything, and the message says what would stand still",
    },
  },
  {
    what: "a standby may stop the API that users fail over to",
    file: "infra/check-spec.ts",
    find: 'spec.role === "primary" || key === "api"',
    replace: 'spec.role === "primary"',
    caughtBy: {
      file: "infra/check-spec.test.ts",
      test: "a standby may stop relay and processor, and never the API that users fail over to",
    },
  },
  {
    what: "no connection is kept for what is stopped",
    file: "infra/capacity.ts",
    find: "return (Object.keys(workloads) as WorkloadKey[]).map((workload) => ({",
    replace:
      'return (Object.keys(workloads) as WorkloadKey[]).filter((key) => workloads[key].state === "running").map((workload) => ({',
    caughtBy: {
      file: "infra/check-spec.test.ts",
      test: "what is stopped takes its connections, hosts and pods all the same: a failover starts it",
    },
  },
  {
    what: "a stopped relay pages for ever",
    file: "infra/operations.ts",
    find: "        ...stoppedNames(spec.workloads),",
    replace: "",
    caughtBy: {
      file: "tests/program/stopped-workloads.test.ts",
      test: "no alert and no alarm waits for what is stopped",
    },
  },
  {
    what: "the lag of a stopped processor pages for ever",
    file: "infra/data.ts",
    find: '.includes("processor")) return [];',
    replace: '.includes("processor")) void 0;',
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
    file: "infra/workloads.ts",
    find: 'relay: "worker",',
    replace: 'relay: "api",',
    caughtBy: {
      file: "tests/program/workloads.test.ts",
      test: "in prod the API comes before the workers, and they before the migration",
    },
  },
  {
    what: "the first pods come before the admission policy",
    file: "infra/workloads.ts",
    find: "        context.ground.admission,",
    replace: "",
    caughtBy: {
      file: "tests/program/admission.test.ts",
      test: "in prod no pod comes before the policy is in force",
    },
  },
];
