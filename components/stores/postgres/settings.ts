/** What an environment decides about PostgreSQL. */
export interface PostgresSettings {
  /** Major version; minors follow automatically in the maintenance window. */
  readonly majorVersion: string;
  readonly instanceClass: string;
  /** A synchronous standby in another zone. */
  readonly multiZone: boolean;
  /** Same-region replicas that serve lists; 0 or more. */
  readonly readReplicas: number;
  /**
   * Who makes and keeps the master password: RDS, which turns it as well, or a secret of the block, which is what
   * replicas and blue/green ask for. An instance moves from one to the other in place, both ways.
   */
  readonly masterPassword: "rds" | "own";
  /**
   * How a change of class, version or parameters is made. `in-place`: in the maintenance window, with a failover or a
   * restart. `blue-green`: on a copy that then takes the name, in the deploy itself, away for less than a minute.
   */
  readonly updates: "in-place" | "blue-green";
  readonly storageGiB: number;
  /** Ceiling of storage autoscaling. */
  readonly maxStorageGiB: number;
  /** 1 to 35; point-in-time restore reaches this far back. */
  readonly backupRetentionDays: number;
  /** Days that replicated automated backups are kept in the recovery region; 0 for no replication. */
  readonly recoveryRetentionDays: number;
  readonly deletionProtected: boolean;
  /** Whether deleting the instance keeps a last snapshot. */
  readonly finalSnapshot: boolean;
  /** Seconds between enhanced-monitoring samples; 0 for none. */
  readonly monitoringSeconds: 0 | 1 | 5 | 10 | 15 | 30 | 60;
  /** Days of query statistics. 7 is free; 31 and more are paid. */
  readonly insightsRetentionDays: number;
  readonly logRetentionDays: number;
}
