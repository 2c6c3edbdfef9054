import type { Mutation } from "../mutation.ts";

/** Alarms, metrics and costs. */
export const operationsMutations: readonly Mutation[] = [
  {
    what: "alerts are not encrypted with our key",
    file: "components/base/alerts/alerts.ts",
    find: "{ kmsMasterKeyId: args.keyArn }",
    replace: "{}",
    caughtBy: {
      file: "components/base/alerts/alerts.test.ts",
      test: "the page topic is encrypted, and only services of this account publish to it, over TLS",
    },
  },
  {
    what: "every account publishes alerts",
    file: "components/base/alerts/alerts.ts",
    find: '      conditions: { StringEquals: { "aws:SourceAccount": args.accountId } },',
    replace: "",
    caughtBy: {
      file: "components/base/alerts/alerts.test.ts",
      test: "the page topic is encrypted, and only services of this account publish to it, over TLS",
    },
  },
  {
    what: "alarms are sent to nobody",
    file: "components/base/alarms/alarms.ts",
    find: "    alarmActions: [args.topicArn],",
    replace: "    alarmActions: [],",
    caughtBy: {
      file: "components/base/alarms/alarms.test.ts",
      test: "An alarm sends its start and its end to the topic, and defines what missing data means",
    },
  },
  {
    what: "metrics are kept a week",
    file: "components/watch/metrics/metrics.ts",
    find: "retentionPeriodInDays: args.settings.retentionDays",
    replace: "retentionPeriodInDays: 7",
    caughtBy: {
      file: "components/watch/metrics/metrics.test.ts",
      test: "Series are encrypted, kept for a year, and retained after a destroy",
    },
  },
  {
    what: "metrics are not encrypted with our key",
    file: "components/watch/metrics/metrics.ts",
    find: "      kmsKeyArn: args.dataKeyArn,",
    replace: "",
    caughtBy: {
      file: "components/watch/metrics/metrics.test.ts",
      test: "Series are encrypted, kept for a year, and retained after a destroy",
    },
  },
  {
    what: "what should page waits as a ticket",
    file: "components/watch/metrics/metrics.ts",
    find: "args.settings.paging ? args.pageTopicArn : args.ticketTopicArn",
    replace: "args.ticketTopicArn",
    caughtBy: {
      file: "components/watch/metrics/metrics.test.ts",
      test: "With paging true alerts of severity page go to topic-page",
    },
  },
  {
    what: "a dead API is only a ticket",
    file: "components/watch/metrics/slos.ts",
    find: "expression: 'absent(up{service=\"task-api\"} == 1)',",
    replace: "expression: 'absent(up{service=\"task-api\"} == 0)',",
    caughtBy: {
      file: "components/watch/metrics/metrics.test.ts",
      test: "TaskApiDown pages when no pod of task-api is up, also when there are no series of it at all",
    },
  },
  {
    what: "the promise of availability is lowered",
    file: "components/watch/metrics/slos.ts",
    find: "availability: 0.999",
    replace: "availability: 0.9",
    caughtBy: {
      file: "components/watch/metrics/metrics.test.ts",
      test: "TaskApiBudgetBurnsFast compares the error rate of a long and a short window with its limit",
    },
  },
  {
    what: "costs are told when they have been spent twice",
    file: "components/watch/budget/budget.ts",
    find: '{ notificationType: "ACTUAL", threshold: 80 }',
    replace: '{ notificationType: "ACTUAL", threshold: 200 }',
    caughtBy: {
      file: "components/watch/budget/budget.test.ts",
      test: "A budget counts resources with the environment's tag and notifies at 80, 100 and forecast 110 percent",
    },
  },
  {
    what: "alerts speak of workloads that are stopped",
    file: "components/watch/metrics/slos.ts",
    find: "!stopped.includes(service)",
    replace: "stopped.length >= 0 || service",
    caughtBy: {
      file: "components/watch/metrics/metrics.test.ts",
      test: "A stopped workload has no alert, and the others have all of theirs",
    },
  },
  {
    what: "an alarm on a share multiplies instead of dividing",
    file: "components/base/alarms/share-alarms.ts",
    find: "`100 * part / (",
    replace: "`100 * part * (",
    caughtBy: {
      file: "components/base/alarms/share-alarms.test.ts",
      test: "A share is the percentage of the whole, and the alarm evaluates nothing else",
    },
  },
  {
    what: "alarms of one store are taken for those of another",
    file: "policies/rules/base/alarms.ts",
    find: "  if (stack.of(rule.store).some(madeFrom)) return false; // It watches another one.",
    replace: "",
    caughtBy: {
      file: "tests/policies/plans.test.ts",
      test: "alarms of one NAT gateway are not taken for those of another",
    },
  },
  {
    what: "the dashboard shows one broker",
    file: "components/watch/dashboard/sections.ts",
    find: "Array.from({ length: brokers }",
    replace: "Array.from({ length: 1 }",
    caughtBy: {
      file: "components/watch/dashboard/dashboard.test.ts",
      test: "Every node and every broker has a line, and every consumer group has its lag",
    },
  },
];
