import { database as names } from "@task-platform/contracts";
import pg from "pg";
import { expect, test } from "vitest";
import { createDatabase, query, type TestDatabase } from "../../../tests/support/back-ends.ts";
import { outbox, taskActivity } from "../src/names.ts";
import { createMigratedDatabase, migrateDatabase } from "./migrated-database.ts";

test("a migration runs once and a second run does nothing", async () => {
  const database = await createDatabase();
  expect(await migrateDatabase(database)).toEqual([
    "0001_tables",
    "0002_roles",
    "0003_page_token_keys",
    "0004_create_tasks",
    "0005_activity_by_day",
    "0006_statistics",
    "0007_retries",
    "0008_sagas",
  ]);
  expect(await migrateDatabase(database)).toEqual([]);
});

test("concurrent migrations wait for each other, also those of two databases of one server", async () => {
  const [one, two] = [await createDatabase(), await createDatabase()];
  const runs = await Promise.all([one, one, two, two].map(migrateDatabase));
  expect(runs.map((ran) => ran.length).toSorted()).toEqual([0, 0, 8, 8]);
});

test("the tables have the columns that the services use", async () => {
  const database = await createMigratedDatabase();
  const { rows } = await query(
    database,
    `select table_name || '(' || string_agg(column_name || ' ' || udt_name, ', ' order by ordinal_position) || ')' as shape
     from information_schema.columns where table_schema = 'public' and table_name <> 'schema_migrations' and table_name !~ '_[0-9]{8}$'
     group by table_name order by table_name`,
  );
  expect(rows.map(({ shape }: { shape: string }) => shape)).toEqual([
    "idempotency_keys(user_id text, route text, key text, request_hash bytea, status int2, headers jsonb, body text, created_at timestamptz, expires_at timestamptz)",
    "outbox(id int8, shard int2, key text, event_id uuid, event_type text, schema_version int2, payload bytea, headers jsonb, created_at timestamptz)",
    "page_token_keys(id int4, key bytea, created_at timestamptz)",
    "parked_events(consumer_group text, key bytea, topic_partition int4, topic_offset int8, parked_at timestamptz, moved_at timestamptz)",
    "saga_steps(saga_id uuid, position int2, name text, state text, tries int2, undo_tries int2, result jsonb, problem text)",
    "sagas(id uuid, name text, version int2, state text, revision int4, lease_until timestamptz, created_at timestamptz, updated_at timestamptz, ended_at timestamptz, correlation_id text, traceparent text, data jsonb)",
    "statistics_days(day date, created int4, completed int4, user_id text, median_seconds float8, p95_seconds float8)",
    "statistics_events(event_id uuid, occurred_at timestamptz, seconds float8, user_id text, completed bool)",
    "task_activity(event_id uuid, task_id uuid, occurred_at timestamptz, processed_at timestamptz, seq int8, user_id text, event_type text)",
    "tasks(id uuid, user_id text, title text, description text, completed bool, version int4, created_at timestamptz, updated_at timestamptz)",
  ]);
});

test("the names that several packages use are those of the tables", async () => {
  const database = await createMigratedDatabase();
  const { rows } = await query(database, `select * from ${outbox.table}, ${taskActivity.table} where false`);
  expect(rows).toEqual([]);
  const columns = await query(
    database,
    `select column_name from information_schema.columns where table_name = $1
     and column_default is null and is_identity = 'NO' order by ordinal_position`,
    [outbox.table],
  );
  expect(columns.rows.map(({ column_name }: { column_name: string }) => column_name)).toEqual(outbox.columns);
});

async function privilegesOf(database: TestDatabase, role: string): Promise<Record<string, string>> {
  const { rows } = await query(
    database,
    `select table_name, string_agg(lower(privilege_type), ' ' order by privilege_type) as granted
     from information_schema.role_table_grants where grantee = $1 group by table_name order by table_name`,
    [role],
  );
  return Object.fromEntries(
    (rows as { table_name: string; granted: string }[]).map((row) => [row.table_name, row.granted]),
  );
}

test("each role has the privileges that its workload needs and no others", async () => {
  const database = await createMigratedDatabase();
  expect(await privilegesOf(database, names.roles.api)).toEqual({
    idempotency_keys: "delete insert select update",
    outbox: "insert",
    page_token_keys: "select",
    statistics_days: "select",
    statistics_events: "select",
    task_activity: "select",
    tasks: "delete insert select update",
  });
  expect(await privilegesOf(database, names.roles.relay)).toEqual({ outbox: "delete select" });
  expect(await privilegesOf(database, names.roles.processor)).toEqual({
    parked_events: "delete insert select update",
    task_activity: "insert select",
  });
  expect(await privilegesOf(database, names.roles.analytics)).toEqual({
    parked_events: "delete insert select update",
    statistics_events: "insert select",
  });
  expect(await privilegesOf(database, names.roles.orchestrator)).toEqual({
    saga_steps: "select",
    sagas: "select",
  });
});

test.each(Object.values(names.roles))(
  "%s can create nothing, administer nothing and read no table of others",
  async (role) => {
    const database = await createMigratedDatabase();
    const { rows } = await query(
      database,
      "select rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls, rolcanlogin from pg_roles where rolname = $1",
      [role],
    );
    expect(rows).toEqual([
      {
        rolsuper: false,
        rolcreatedb: false,
        rolcreaterole: false,
        rolreplication: false,
        rolbypassrls: false,
        rolcanlogin: true,
      },
    ]);
    const client = new pg.Client({
      host: database.host,
      port: database.port,
      user: role,
      database: database.name,
    });
    await client.connect();
    const forbidden = ["create table extra (id int)", "select * from schema_migrations", "truncate tasks"];
    for (const statement of forbidden)
      await expect(client.query(statement)).rejects.toThrow(/permission denied/);
    await client.end();
  },
);

test("on RDS each role can sign in with a token", async () => {
  const database = await createDatabase();
  // This group exists only on RDS; here it exists only during this test.
  await query(database, "do $$ begin create role rds_iam; exception when duplicate_object then null; end $$");
  try {
    await migrateDatabase(database);
    const { rows } = await query(
      database,
      `select member::regrole::text as role from pg_auth_members where roleid = 'rds_iam'::regrole order by 1`,
    );
    expect(rows.map(({ role }: { role: string }) => role)).toEqual(Object.values(names.roles).toSorted());
  } finally {
    await query(database, "drop role rds_iam");
  }
});
