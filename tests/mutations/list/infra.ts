import type { Mutation } from "../mutation.ts";

/** What the program connects. */
export const infraMutations: readonly Mutation[] = [
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
    what: "the copy leaves the dead letters behind",
    file: "infra/data/data.ts",
    find: "topics: topicSpecs.map(({ name }) => name),",
    replace: "topics: topicSpecs.slice(0, 1).map(({ name }) => name),",
    caughtBy: {
      file: "tests/program/kafka-copy.test.ts",
      test: "prod lets the replicator of dr in, and dr copies every topic and the place of every group",
    },
  },
  {
    what: "every environment's role turns the trail of the account off",
    file: "infra/delivery/pipeline-roles.ts",
    find: "choices.filter((choice) => Boolean(features[choice]))",
    replace: 'choices.filter((choice) => choice === "audit" || Boolean(features[choice]))',
    caughtBy: {
      file: "tests/program/deploy-role.test.ts",
      test: "dev is deployed by a role that may do nothing that its types do not need",
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
    find: '"forwarded-for" : "source-address"',
    replace: '"forwarded-for" : "forwarded-for"',
    caughtBy: {
      file: "tests/program/wiring.test.ts",
      test: "in dev the load balancer stands behind the firewall, which tells clients apart by their own address",
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
    what: "a stopped relay pages for ever",
    file: "infra/observability/metrics.ts",
    find: "...stoppedRoles(spec, roles)",
    replace: "...stoppedRoles(spec, [])",
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
];
