import { instanceClasses, maxConnections } from "./instance-classes.ts";

/** One entry of a parameter group. */
export interface Parameter {
  readonly name: string;
  readonly value: string;
  /**
   * `immediate` for dynamic parameters. `pending-reboot` for static ones, which RDS refuses to apply at once, and for
   * values that the family already has: their method is `pending-reboot`, and RDS registers no change of a method
   * alone, so `immediate` would be a difference at every deploy (hashicorp/terraform-provider-aws#39252). A new instance
   * has every value from its start, whatever the method is.
   */
  readonly applyMethod: "immediate" | "pending-reboot";
}

/** Share of the disk that an unread replication slot may hold back before PostgreSQL drops it. */
const slotSharePercent = 20;

/** Write-ahead log that a replication slot may hold back; the alarm on slots fires at half of it. */
export function maxSlotMiB(storageGiB: number): number {
  return Math.floor((storageGiB * 1024 * slotSharePercent) / 100);
}

/** The settings that parameters depend on. */
interface ParameterSettings {
  readonly instanceClass: string;
  readonly storageGiB: number;
  readonly updates: "in-place" | "blue-green";
}

/** The parameters of every database of the platform, in a fixed order, so that a diff is readable. */
export function parameterList(settings: ParameterSettings): Parameter[] {
  const instanceClass = instanceClasses[settings.instanceClass];
  return [
    // Encryption and passwords: no plain connection, no MD5.
    fromFamily("rds.force_ssl", "1"),
    immediate("rds.accepted_password_auth_method", "scram"),
    // Clients negotiate 1.3; 1.2 stays for the tools of operators and is the lowest version that is still secure.
    fromFamily("ssl_min_protocol_version", "TLSv1.2"),

    // Logs: connections, schema changes, slow statements (ms), lock waits, and temporary files (kB).
    immediate("log_connections", "1"),
    immediate("log_disconnections", "1"),
    immediate("log_statement", "ddl"),
    immediate("log_min_duration_statement", "500"), // Half of the 1 s limit of a whole API request.
    immediate("log_lock_waits", "1"),
    immediate("log_temp_files", "10240"), // Files above 10 MiB; smaller ones are normal sorts.
    fromFamily("log_autovacuum_min_duration", "10000"), // A vacuum over 10 s means that a table grows faster than it is cleaned.
    immediate("pgaudit.log", "ddl,role"), // Schema and roles only: reads and writes would log personal data.
    immediate("pgaudit.log_parameter", "0"),
    fromFamily("track_io_timing", "1"),
    restart("shared_preload_libraries", "pg_stat_statements,pgaudit"),

    // Limits (ms). Each service sets shorter ones; these end forgotten statements and transactions.
    immediate("statement_timeout", "30000"), // The load balancer gives a request 30 s, so no caller waits longer.
    immediate("idle_in_transaction_session_timeout", "60000"), // Such a session holds back the vacuum of every table.
    immediate("lock_timeout", "5000"), // A migration that waits longer blocks every query queued behind it.

    // A blue/green update to another major uses logical replication, which the old instance needs before; it costs some log.
    ...(settings.updates === "blue-green" ? [restart("rds.logical_replication", "1")] : []),

    // Sizes.
    ...(instanceClass ? [restart("max_connections", String(maxConnections(instanceClass)))] : []),
    immediate("max_slot_wal_keep_size", String(maxSlotMiB(settings.storageGiB))), // An unread slot would fill the disk.
  ];
}

function immediate(name: string, value: string): Parameter {
  return { name, value, applyMethod: "immediate" };
}

/**
 * A value that the family may already have; stated, because another family may not. RDS lists `rds.force_ssl` (from
 * PostgreSQL 15 on) and `log_autovacuum_min_duration` with these values in its default groups; 1.2 is PostgreSQL's own
 * least, and `track_io_timing` was not found and is safe either way.
 */
function fromFamily(name: string, value: string): Parameter {
  return restart(name, value);
}

function restart(name: string, value: string): Parameter {
  return { name, value, applyMethod: "pending-reboot" };
}
