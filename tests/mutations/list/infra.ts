import type { Mutation } from "../mutation.ts";

/** What the program connects. */
export const infraMutations: readonly Mutation[] = [
  {
    what: "the metrics collector stands in the data subnets, which no policy of a pod admits",
    file: "infra/observability/metrics.ts",
    find: "subnetIds: platform.network.privateSubnetIds",
    replace: "subnetIds: platform.network.dataSubnetIds",
    caughtBy: {
      file: "tests/program/reachability.test.ts",
      test: "in dev every path that must exist does, and no path that must not",
    },
  },
  {
    what: "the workers reach the whole network on the port of the schema registry, and so the API server",
    file: "infra/workloads/traffic.ts",
    find: "toSchemaRegistry: toSchemaRegistry(config),",
    replace: "toSchemaRegistry: [to(https, [spec.network.cidr])],",
    caughtBy: {
      file: "tests/program/reachability.test.ts",
      test: "in dev every path that must exist does, and no path that must not",
    },
  },
  {
    what: "the operator's copy never reaches the database",
    file: "infra/data/data.ts",
    find: "...restoreOf(environment, keys.arns.data),",
    replace: "",
    caughtBy: {
      file: "tests/program/wiring.test.ts",
      test: "the database of the standby is restored from the backup that an operator names, with the key of the backup",
    },
  },
  {
    what: "the copy leaves the dead letters behind",
    file: "infra/data/data.ts",
    find: "topics: topicSpecs.map(({ name }) => name),",
    replace: "topics: topicSpecs.slice(0, 1).map(({ name }) => name),",
    caughtBy: {
      file: "tests/program/kafka-copy.test.ts",
      test: "prod admits the replicator of dr, and dr copies every topic and the offsets of every consumer group",
    },
  },
  {
    what: "every environment's role turns the trail of the account off",
    file: "infra/delivery/pipeline-roles.ts",
    find: "choices.filter((choice) => Boolean(features[choice]))",
    replace: 'choices.filter((choice) => choice === "audit" || Boolean(features[choice]))',
    caughtBy: {
      file: "tests/program/deploy-role.test.ts",
      test: "the deploy role of dev has no action that its resource types do not need",
    },
  },
  {
    what: "the scraper of metrics sits among the stores",
    file: "infra/observability/metrics.ts",
    find: "subnetIds: platform.network.privateSubnetIds,",
    replace: "subnetIds: platform.network.dataSubnetIds,",
    caughtBy: {
      file: "tests/policies/plans.test.ts",
      test: "dev breaks no rule that nobody has accepted",
    },
  },
  {
    what: "the internal paths are routed from the internet",
    file: "infra/edge/edge.ts",
    find: 'const restPaths = ["/v1/*"];',
    replace: 'const restPaths = ["/*"];',
    caughtBy: {
      file: "tests/program/wiring.test.ts",
      test: "in prod the load balancer forwards only the paths of the API, and its health check is the readiness probe",
    },
  },
  {
    what: "the load balancer asks pods that live, not pods that are ready",
    file: "infra/edge/edge.ts",
    find: "healthPath: probePaths.ready",
    replace: "healthPath: probePaths.live",
    caughtBy: {
      file: "tests/program/wiring.test.ts",
      test: "in prod the load balancer forwards only the paths of the API, and its health check is the readiness probe",
    },
  },
  {
    what: "the load balancer has no firewall",
    file: "infra/edge/edge.ts",
    find: "loadBalancerArns: { api: edge.loadBalancerArn }",
    replace: "loadBalancerArns: {}",
    caughtBy: {
      file: "tests/program/wiring.test.ts",
      test: "in prod the load balancer has the firewall, which counts requests by the address of the client",
    },
  },
  {
    what: "a client writes its own address for the rate limit",
    file: "infra/edge/edge.ts",
    find: '"forwarded-for" : "source-address"',
    replace: '"forwarded-for" : "forwarded-for"',
    caughtBy: {
      file: "tests/program/wiring.test.ts",
      test: "in dev the load balancer has the firewall, which counts requests by the address of the client",
    },
  },
  {
    what: "stores are encrypted with the key of the logs",
    file: "infra/data/data.ts",
    find: "    keyArn: keys.arns.data,",
    replace: "    keyArn: keys.arns.logs,",
    caughtBy: {
      file: "tests/program/wiring.test.ts",
      test: "only stores are encrypted with the data key, and their logs with the log key",
    },
  },
  {
    what: "a failed store waits as a ticket",
    file: "infra/data/data.ts",
    find: "alarmTopicArn: platform.alerts.pageTopicArn",
    replace: "alarmTopicArn: platform.alerts.ticketTopicArn",
    caughtBy: {
      file: "tests/program/wiring.test.ts",
      test: "alarms of stores page, except for late statistics, and the cache never evicts a job",
    },
  },
  {
    what: "jobs share their memory with what may be evicted",
    file: "infra/data/data.ts",
    find: 'purpose: "queue"',
    replace: 'purpose: "cache"',
    caughtBy: {
      file: "tests/program/wiring.test.ts",
      test: "alarms of stores page, except for late statistics, and the cache never evicts a job",
    },
  },
  {
    what: "nodes stand in the public subnets",
    file: "infra/platform/platform.ts",
    find: "nodeSubnetIds: network.privateSubnetIds",
    replace: "nodeSubnetIds: network.publicSubnetIds",
    caughtBy: {
      file: "tests/program/wiring.test.ts",
      test: "in prod nodes are in the private subnets and stores in the data subnets",
    },
  },
  {
    what: "a deploy with credentials of a second account goes through",
    file: "infra/providers.ts",
    find: "allowedAccountIds: [config.accountId]",
    replace: 'allowedAccountIds: [config.accountId, "222222222222"]',
    caughtBy: {
      file: "tests/program/resources.test.ts",
      test: "the providers of prod work in its account and regions only, and tag every resource",
    },
  },
  {
    what: "the key of copies is not rotated",
    file: "infra/platform/recovery-keys.ts",
    find: "enableKeyRotation: true",
    replace: "enableKeyRotation: false",
    caughtBy: {
      file: "tests/program/wiring.test.ts",
      test: "every key of prod rotates within a year, in both regions",
    },
  },
  {
    what: "a stopped relay pages for ever",
    file: "infra/observability/metrics.ts",
    find: "...stoppedRoles(spec, roles)",
    replace: "...stoppedRoles(spec, [])",
    caughtBy: {
      file: "tests/program/stopped-workloads.test.ts",
      test: "a stopped role has no alert and no alarm",
    },
  },
  {
    what: "the lag of a stopped processor pages for ever",
    file: "infra/data/data.ts",
    find: 'roles.filter(({ key }) => settingsOf(spec, key).state === "running")',
    replace: "roles",
    caughtBy: {
      file: "tests/program/stopped-workloads.test.ts",
      test: "a stopped role has no alert and no alarm",
    },
  },
];
