/** What an environment decides about the Valkey cache, which holds queues, locks and stored responses. */
export interface CacheSettings {
  /** Engine version such as "8.2". */
  readonly version: string;
  readonly nodeType: string;
  /** Replicas in addition to the primary; with 1 or more, the group fails over between zones. */
  readonly replicas: number;
  /** Daily snapshots kept; 0 for none. */
  readonly snapshotRetentionDays: number;
  readonly finalSnapshot: boolean;
  readonly logRetentionDays: number;
}
