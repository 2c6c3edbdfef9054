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
   * Who creates and keeps the master password: RDS, which also rotates it, or a secret of the block, which replicas and
   * blue/green updates require. An instance can move from one to the other in place, in both directions.
   */
  readonly masterPassword: "rds" | "own";
  /**
   * How a change of class, version or parameters is made. `in-place`: in the maintenance window, with a failover or a
   * restart. `blue-green`: on a copy that then takes over the name during the deploy, with less than a minute of downtime.
   */
  readonly updates: "in-place" | "blue-green";
  readonly storageGiB: number;
  /** Ceiling of storage autoscaling. */
  readonly maxStorageGiB: number;
  /** 1 to 35; the range of point-in-time restore. */
  readonly backupRetentionDays: number;
  /** Days that the recovery region keeps replicated automated backups; 0 for no replication. */
  readonly recoveryRetentionDays: number;
  readonly deletionProtected: boolean;
  /** Whether a deletion of the instance creates a last snapshot. */
  readonly finalSnapshot: boolean;
  /** Seconds between enhanced-monitoring samples; 0 for none. */
  readonly monitoringSeconds: 0 | 1 | 5 | 10 | 15 | 30 | 60;
  /** Days of query statistics. 7 is free; 31 and more are paid. */
  readonly insightsRetentionDays: number;
  readonly logRetentionDays: number;
}

/** Whether the program keeps the master password. Otherwise RDS makes and rotates it. */
export function keepsMasterPassword({ masterPassword }: Pick<PostgresSettings, "masterPassword">): boolean {
  return masterPassword === "own";
}
