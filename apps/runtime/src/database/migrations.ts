import { fileURLToPath } from "node:url";
import { runner } from "node-pg-migrate";
import pg from "pg";
import type { DatabaseConfig } from "../config/index.ts";
import { errorMessage } from "../errors/index.ts";
import type { Logger } from "../logging/index.ts";
import { clientOptions } from "./database.ts";

/** A migration may rebuild an index; it ends by the deadline of its Job, not by the limit of a request. */
const statementTimeoutMs = 600_000;
/**
 * Brings the schema up to date with the migrations of a folder and tells which ones ran. Runs of two replicas queue
 * behind an advisory lock; each migration is one transaction; a second run does nothing. A lock_timeout is set by
 * the migrations themselves: here it would also end the wait in the queue.
 */
export async function runMigrations(config: DatabaseConfig, folder: URL, logger: Logger): Promise<string[]> {
  const client = new pg.Client({
    ...clientOptions(config, config.host),
    statement_timeout: statementTimeoutMs,
    query_timeout: statementTimeoutMs,
  });
  client.on("error", (error) => logger.error({ reason: errorMessage(error) }, "database connection broke"));
  await client.connect();
  try {
    const ran = await runner({
      dbClient: client,
      dir: fileURLToPath(folder),
      direction: "up",
      migrationsTable: "schema_migrations",
      advisoryLockMode: "wait",
      logger: {
        info: (text) => logger.debug(text),
        warn: (text) => logger.warn(text),
        error: (text) => logger.error(text),
      },
    });
    return ran.map(({ name }) => name);
  } finally {
    await client.end();
  }
}
