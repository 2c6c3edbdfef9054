import { flag, group, number, type Settings, text, word } from "../../base/core/settings.ts";

/** Intervals of enhanced monitoring that RDS offers; 0 for none. */
export const monitoringSeconds = [0, 1, 5, 10, 15, 30, 60] as const;

/** What an environment decides about PostgreSQL. */
export const postgresSettings = group({
  /** Major version; minors follow automatically in the maintenance window. */
  majorVersion: text("17"),
  instanceClass: text("db.m7g.large"),
  /** A synchronous standby in another zone. */
  multiZone: flag(),
  /** Same-region replicas that serve lists; 0 or more. */
  readReplicas: number(),
  /**
   * Who creates and keeps the master password: RDS, which also rotates it, or a secret of the block, which replicas and
   * blue/green updates require. An instance can move from one to the other in place, in both directions.
   */
  masterPassword: word("rds", "own"),
  /**
   * How a change of class, version or parameters is made. `in-place`: in the maintenance window, with a failover or a
   * restart. `blue-green`: on a copy that then takes over the name during the deploy, with less than a minute of downtime.
   */
  updates: word("in-place", "blue-green"),
  storageGiB: number(),
  /** Ceiling of storage autoscaling. */
  maxStorageGiB: number(),
  /** 1 to 35; the range of point-in-time restore. */
  backupRetentionDays: number(),
  /** Days that the recovery region keeps replicated automated backups; 0 for no replication. */
  recoveryRetentionDays: number(),
  deletionProtected: flag(),
  /** Whether a deletion of the instance creates a last snapshot. */
  finalSnapshot: flag(),
  /** Seconds between enhanced-monitoring samples; 0 for none. */
  monitoringSeconds: word(...monitoringSeconds),
  /** Days of query statistics. 7 is free; 31 and more are paid. */
  insightsRetentionDays: number(),
  logRetentionDays: number(),
});

export type PostgresSettings = Settings<typeof postgresSettings>;

/** Whether the program keeps the master password. Otherwise RDS makes and rotates it. */
export function keepsMasterPassword({ masterPassword }: Pick<PostgresSettings, "masterPassword">): boolean {
  return masterPassword === "own";
}
