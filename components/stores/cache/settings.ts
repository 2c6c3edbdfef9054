/** What an environment decides about the Valkey cache that holds queues, locks and replays. */
export interface CacheSettings {
  /** Engine version such as "8.2". */
  readonly version: string;
  readonly nodeType: string;
  /** Replicas beside the primary; above 0 means failover over zones. */
  readonly replicas: number;
  /** Daily snapshots kept; 0 for none. */
  readonly snapshotRetentionDays: number;
  readonly finalSnapshot: boolean;
  readonly logRetentionDays: number;
}
