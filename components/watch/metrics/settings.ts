/** What an environment decides about its metrics. */
export interface MetricsSettings {
  /** Days that managed Prometheus keeps series, up to 1,095. */
  readonly retentionDays: number;
  /** Days that the logs of the workspace are kept. */
  readonly logRetentionDays: number;
  /** Whether alerts of severity "page" wake somebody. If not, they become tickets like the others. */
  readonly paging: boolean;
}
