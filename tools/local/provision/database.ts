import pg from "pg";
import type { PostgresAddress } from "../back-ends/index.ts";
import type { DatabaseManifest } from "../manifests/index.ts";

/** Does what RDS does for a new instance: creates an owner who may create roles, and an empty database of this owner. */
export async function createDatabase(
  postgres: PostgresAddress,
  { name, owner }: DatabaseManifest,
): Promise<void> {
  const { host, port, user, database, password } = postgres;
  const client = new pg.Client({ host, port, user, database, ...(password && { password }) });
  // When a run ends meanwhile, the server goes away. Without a listener that would end this process.
  client.on("error", () => undefined);
  await client.connect();
  try {
    const role = client.escapeIdentifier(owner);
    if ((await client.query("select 1 from pg_roles where rolname = $1", [owner])).rowCount === 0) {
      await client.query(`create role ${role} login createrole createdb`);
    }
    // RDS has this role from the beginning, and the migration grants it.
    if ((await client.query("select 1 from pg_roles where rolname = 'rds_iam'")).rowCount === 0) {
      await client.query("create role rds_iam nologin");
      await client.query(`grant rds_iam to ${role} with admin option`);
    }
    if ((await client.query("select 1 from pg_database where datname = $1", [name])).rowCount === 0) {
      await client.query(`create database ${client.escapeIdentifier(name)} owner ${role}`);
    }
  } finally {
    await client.end();
  }
}
