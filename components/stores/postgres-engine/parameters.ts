import { instanceClasses, maxConnections } from "./instance-classes.ts";
import type { PostgresSettings } from "./settings.ts";

/** One entry of a parameter group. */
export interface Parameter {
  readonly name: string;
  readonly value: string;
  /** Static parameters take effect at the next restart only; RDS refuses to apply them at once. */
  readonly applyMethod: "immediate" | "pending-reboot";
}

/** A share of the disk that unread replication slots may hold back before the slot is dropped. */
const slotSharePercent = 20;

/** Bytes of write-ahead log that a slot may hold; the alarm on slots fires at half of it. */
export function maxSlotMiB(storageGiB: number): number {
  return Math.floor((storageGiB * 1024 * slotSharePercent) / 100);
}

/** What every database of the platform is told, in a fixed order, so that a diff can be read. */
export function parameterList(settings: PostgresSettings): Parameter[] {
  const instanceClass = instanceClasses[settings.instanceClass];
  return [
    // Encryption and passwords: no plain connection, no MD5.
    immediate("rds.force_ssl", "1"),
    immediate("rds.accepted_password_auth_method", "scram"),
    // Clients negotiate 1.3; 1.2 stays for drivers of operators and is the lowest that is still sound.
    immediate("ssl_min_protocol_version", "TLSv1.2"),

    // Logs: who came, what changed the schema, what was slow (ms), what waited, what spilled (kB).
    immediate("log_connections", "1"),
    immediate("log_disconnections", "1"),
    immediate("log_statement", "ddl"),
    immediate("log_min_duration_statement", "500"), // Half of the 1 s an API request may take in all.
    immediate("log_lock_waits", "1"),
    immediate("log_temp_files", "10240"), // Spills above 10 MiB; smaller ones are normal sorts.
    immediate("log_autovacuum_min_duration", "10000"), // A vacuum over 10 s is a table that grows faster than it is cleaned.
    immediate("pgaudit.log", "ddl,role"), // Schema and rights only: reads and writes would log personal data.
    immediate("pgaudit.log_parameter", "0"),
    immediate("track_io_timing", "1"),
    restart("shared_preload_libraries", "pg_stat_statements,pgaudit"),

    // Limits (ms). A service sets shorter ones for itself; these end what a client forgot.
    immediate("statement_timeout", "30000"), // The edge gives a request 30 s, so nobody waits longer for an answer.
    immediate("idle_in_transaction_session_timeout", "60000"), // Such a session holds back vacuum of every table.
    immediate("lock_timeout", "5000"), // A migration that waits longer blocks every query that queues behind it.

    // A copy of another major is fed by logical replication, which the old instance must speak before; it costs some log.
    ...(settings.updates === "blue-green" ? [restart("rds.logical_replication", "1")] : []),

    // Capacity.
    ...(instanceClass ? [restart("max_connections", String(maxConnections(instanceClass)))] : []),
    immediate("max_slot_wal_keep_size", String(maxSlotMiB(settings.storageGiB))), // Unread slots would fill the disk.
  ];
}

function immediate(name: string, value: string): Parameter {
  return { name, value, applyMethod: "immediate" };
}

function restart(name: string, value: string): Parameter {
  return { name, value, applyMethod: "pending-reboot" };
}
