/** What an environment decides about its metrics. */
export interface MetricsSettings {
  /** Days that series are kept in managed Prometheus: up to 1,095. */
  readonly retentionDays: number;
  /** Days that the logs of the workspace are kept. */
  readonly logRetentionDays: number;
  /** Whether alerts that cannot wait wake somebody, or become tickets like the rest. */
  readonly paging: boolean;
}
