import { createDatabase, type TestDatabase } from "../../../tests/support/back-ends.ts";
import { migrate } from "../../task-api/src/db/index.ts";
import { silent } from "./support.ts";

/** A fresh database as the migrations leave it, roles and grants included. */
export async function migratedDatabase(): Promise<TestDatabase> {
  const database = await createDatabase();
  const { host, port, name, user } = database;
  await migrate(
    { host, port, name, user, readerHost: undefined, auth: { kind: "none" }, tls: "off", poolSize: 1 },
    silent,
  );
  return database;
}
