import { createLogger } from "@task-platform/runtime/logging";
import { runMigrations } from "@task-platform/runtime/migrations";
import { createDatabase, type TestDatabase } from "../../../tests/support/back-ends.ts";

const silent = createLogger({ service: "test", level: "fatal" });

/** Runs the migrations as the owner of the schema; resolves to the names of those that ran. */
export async function migrateDatabase({ host, port, name, user }: TestDatabase): Promise<string[]> {
  return await runMigrations(
    {
      host,
      port,
      name,
      user,
      readerHost: undefined,
      auth: { kind: "none" },
      tls: "off",
      connectionPoolSize: 1,
    },
    silent,
  );
}

/** A new database with the tables, roles and grants of the migrations. */
export async function createMigratedDatabase(): Promise<TestDatabase> {
  const database = await createDatabase();
  await migrateDatabase(database);
  return database;
}
