import { fileURLToPath } from "node:url";
import { runner } from "node-pg-migrate";
import type pg from "pg";

const folder = fileURLToPath(new URL("../migrations", import.meta.url));

/** Where the run reports: `debug` gets every statement. */
interface MigrationLog {
  debug(text: string): void;
  warn(text: string): void;
  error(text: string): void;
}

/**
 * Brings the database up to date and resolves to the names of the migrations that ran; a second run does nothing.
 * Each migration is one transaction. Concurrent runs wait for each other at an advisory lock. The migrations set
 * `lock_timeout` themselves: set on the connection, it would also end the wait at that lock.
 */
export async function migrate(client: pg.Client, log: MigrationLog): Promise<string[]> {
  const ran = await runner({
    dbClient: client,
    dir: folder,
    direction: "up",
    // Records file names: renaming a migration would run it again.
    migrationsTable: "schema_migrations",
    advisoryLockMode: "wait",
    logger: {
      info: (text) => log.debug(text),
      warn: (text) => log.warn(text),
      error: (text) => log.error(text),
    },
  });
  return ran.map(({ name }) => name);
}
