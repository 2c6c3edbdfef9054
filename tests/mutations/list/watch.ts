import type { Mutation } from "../mutation.ts";

/** Metrics, dashboard, audit, log archive and budget. */
export const watchMutations: readonly Mutation[] = [
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
    what: "the dashboard shows one broker",
    file: "components/watch/dashboard/sections.ts",
    find: "Array.from({ length: brokers }",
    replace: "Array.from({ length: 1 }",
    caughtBy: {
      file: "components/watch/dashboard/dashboard.test.ts",
      test: "Every node and every broker has a line, and every consumer group has its lag",
    },
  },
  {
    what: "the trail records one region",
    file: "components/watch/audit/trail.ts",
    find: "isMultiRegionTrail: true",
    replace: "isMultiRegionTrail: false",
    caughtBy: {
      file: "components/watch/audit/audit.test.ts",
      test: "The trail records every region, is encrypted, validates its files and is searchable",
    },
  },
  {
    what: "an archive contains errors only",
    file: "components/watch/log-archive/log-archive.ts",
    find: '      filterPattern: "",',
    replace: '      filterPattern: "ERROR",',
    caughtBy: {
      file: "components/watch/log-archive/log-archive.test.ts",
      test: "every line of the log group goes to the stream, and from there to a bucket with the given retention",
    },
  },
];
