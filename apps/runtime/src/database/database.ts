import pg from "pg";
import type { DatabaseConfig } from "../config/index.ts";
import { errorMessage } from "../errors/index.ts";
import type { Logger } from "../logging/index.ts";
import { passwordSource } from "./credentials.ts";

/** The connections of a service to PostgreSQL. */
export interface Database {
  /** Connection pool to the primary. */
  readonly primary: pg.Pool;
  /** Connection pool to the read replica, or `primary` when there is none. Replicas lag: base no decision on their answers. */
  readonly reader: pg.Pool;
  /** Opens a separate session on the primary, for LISTEN and session-level advisory locks. The caller ends it. */
  connect(): Promise<pg.Client>;
  /** Waits for the connections in use, then closes all connections. */
  close(): Promise<void>;
}

/** Below the 5 s that a caller inside the platform waits, so that the caller gets our error instead of a timeout. */
const connectTimeoutMs = 3_000;
/** docs/requirements.md, APIs: 5 s inside the platform. No statement of ours needs longer. */
const statementTimeoutMs = 5_000;
/** A transaction that hangs holds its locks and blocks vacuum in the whole database. */
const idleInTransactionTimeoutMs = 10_000;
const idleTimeoutMs = 30_000;
/** Renewed connections follow the DNS change of a failover and spread over new hosts. */
const connectionLifetimeSeconds = 900;

/** The first query opens the first connection. */
export function createDatabase(config: DatabaseConfig, logger: Logger): Database {
  const primary = createConnectionPool(config, config.host, logger);
  // Without a replica the reader host is the primary. A second connection pool to it would use twice the connections
  // that its budget counts.
  const { readerHost = config.host } = config;
  const reader = readerHost === config.host ? primary : createConnectionPool(config, readerHost, logger);
  return {
    primary,
    reader,
    connect: async () => {
      const client = new pg.Client(connectionOptions(config, config.host));
      client.on("error", (error) =>
        logger.warn({ reason: errorMessage(error) }, "database connection broke"),
      );
      await client.connect();
      return client;
    },
    close: async () => {
      await Promise.all(reader === primary ? [primary.end()] : [primary.end(), reader.end()]);
    },
  };
}

function createConnectionPool(config: DatabaseConfig, host: string, logger: Logger): pg.Pool {
  const pool = new pg.Pool({
    ...connectionOptions(config, host),
    max: config.connectionPoolSize,
    idleTimeoutMillis: idleTimeoutMs,
    maxLifetimeSeconds: connectionLifetimeSeconds,
  });
  // Without a listener the process ends when the server closes an idle connection.
  pool.on("error", (error) => logger.warn({ reason: errorMessage(error) }, "idle database connection broke"));
  return pool;
}

/** Options of one connection. */
export function connectionOptions(config: DatabaseConfig, host: string): pg.ClientConfig {
  const password = passwordSource(config, host);
  return {
    host,
    port: config.port,
    database: config.name,
    user: config.user,
    ...(password === undefined ? {} : { password }),
    // By default Node verifies the certificate chain and the host name; keep it so.
    ssl: config.tls === "verify-full" ? { minVersion: "TLSv1.2" } : false,
    connectionTimeoutMillis: connectTimeoutMs,
    statement_timeout: statementTimeoutMs,
    // Limit of the client, one second longer: a server that has vanished cannot enforce its own.
    query_timeout: statementTimeoutMs + 1_000,
    idle_in_transaction_session_timeout: idleInTransactionTimeoutMs,
    keepAlive: true,
  };
}
