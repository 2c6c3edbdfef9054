import { migrate } from "@task-platform/schema/migrations";
import pg from "pg";
import type { DatabaseConfig } from "../config/index.ts";
import { connectionOptions } from "../database/index.ts";
import { errorMessage } from "../errors/index.ts";
import type { Logger } from "../logging/index.ts";

/** A migration may rebuild an index: the deadline of its Job ends it, not the limit of a request. */
const statementTimeoutMs = 600_000;

/** Brings the database up to date and resolves to the names of the migrations that ran; a second run does nothing. */
export async function runMigrations(config: DatabaseConfig, logger: Logger): Promise<string[]> {
  const client = new pg.Client({
    ...connectionOptions(config, config.host),
    statement_timeout: statementTimeoutMs,
    query_timeout: statementTimeoutMs,
  });
  client.on("error", (error) => logger.error({ reason: errorMessage(error) }, "database connection broke"));
  await client.connect();
  try {
    const migrations = await migrate(client, logger);
    logger.info(
      { migrations },
      migrations.length === 0 ? "the schema is up to date" : "the schema was brought up to date",
    );
    return migrations;
  } finally {
    await client.end();
  }
}
