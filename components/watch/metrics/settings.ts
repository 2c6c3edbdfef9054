import { flag, group, number, type Settings } from "../../base/core/settings.ts";

/** What an environment decides about its metrics. */
export const metricsSettings = group({
  /** Days that managed Prometheus keeps series, up to 1,095. */
  retentionDays: number(),
  /** Days that the logs of the workspace are kept. */
  logRetentionDays: number(),
  /** Whether alerts of severity "page" wake somebody. If not, they become tickets like the others. */
  paging: flag(),
});

export type MetricsSettings = Settings<typeof metricsSettings>;
