import { type DatabaseConfig, type Logger, runMigrations } from "@task-platform/runtime";

/** Brings the database up to date; a second run does nothing. Resolves to the names of the migrations that ran. */
export async function migrate(config: DatabaseConfig, logger: Logger): Promise<string[]> {
  const ran = await runMigrations(config, new URL("./migrations/", import.meta.url), logger);
  logger.info(
    { migrations: ran },
    ran.length === 0 ? "the schema is up to date" : "the schema was brought up to date",
  );
  return ran;
}
