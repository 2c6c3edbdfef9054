import pg from "pg";
import type { DatabaseConfig } from "../config/index.ts";
import { errorMessage } from "../errors/index.ts";
import type { Logger } from "../logging/index.ts";
import { passwordSource } from "./credentials.ts";

/** PostgreSQL as a service sees it. */
export interface Database {
  /** Connections to the primary. */
  readonly pool: pg.Pool;
  /** Connections to the read replica, or `pool` itself where there is none. Replicas lag: never decide by what they say. */
  readonly reader: pg.Pool;
  /**
   * A connection of its own to the primary, for what belongs to a session: LISTEN, session-level advisory locks.
   * The caller ends it.
   */
  connect(): Promise<pg.Client>;
  /** Waits for the connections in use, then closes all. */
  close(): Promise<void>;
}

/** Below the 5 s that a caller inside the platform waits, so that the refusal is ours. */
const connectTimeoutMs = 3_000;
/** Specification section 5: 5 s inside the platform. No statement of ours needs more. */
const statementTimeoutMs = 5_000;
/** A transaction that hangs holds locks of its user and stops vacuum for everyone. */
const idleInTransactionTimeoutMs = 10_000;
const idleTimeoutMs = 30_000;
/** Connections are renewed, so that they follow a failover's DNS and rebalance over new hosts. */
const connectionLifetimeSeconds = 900;

/** Opens nothing yet: the first query does. */
export function createDatabase(config: DatabaseConfig, logger: Logger): Database {
  const pool = createPool(config, config.host, logger);
  // The host of the primary is no replica: a second pool to it would take twice what the budget of connections counts.
  const { readerHost = config.host } = config;
  const reader = readerHost === config.host ? pool : createPool(config, readerHost, logger);
  return {
    pool,
    reader,
    connect: async () => {
      const client = new pg.Client(clientOptions(config, config.host));
      client.on("error", (error) =>
        logger.warn({ reason: errorMessage(error) }, "database connection broke"),
      );
      await client.connect();
      return client;
    },
    close: async () => {
      await Promise.all(reader === pool ? [pool.end()] : [pool.end(), reader.end()]);
    },
  };
}

function createPool(config: DatabaseConfig, host: string, logger: Logger): pg.Pool {
  const pool = new pg.Pool({
    ...clientOptions(config, host),
    max: config.poolSize,
    idleTimeoutMillis: idleTimeoutMs,
    maxLifetimeSeconds: connectionLifetimeSeconds,
  });
  // Without a listener an idle connection that the server closes ends the process.
  pool.on("error", (error) => logger.warn({ reason: errorMessage(error) }, "idle database connection broke"));
  return pool;
}

/** Options of one connection, without the pool's. */
export function clientOptions(config: DatabaseConfig, host: string): pg.ClientConfig {
  const password = passwordSource(config, host);
  return {
    host,
    port: config.port,
    database: config.name,
    user: config.user,
    ...(password === undefined ? {} : { password }),
    // Node checks the chain and the host name by default; nothing here may loosen that.
    ssl: config.tls === "verify-full" ? { minVersion: "TLSv1.2" } : false,
    connectionTimeoutMillis: connectTimeoutMs,
    statement_timeout: statementTimeoutMs,
    // The server's limit cannot fire when the server has vanished; the client's does, a second later.
    query_timeout: statementTimeoutMs + 1_000,
    idle_in_transaction_session_timeout: idleInTransactionTimeoutMs,
    keepAlive: true,
  };
}
