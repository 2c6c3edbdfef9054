import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { database as names, topics } from "@task-platform/contracts";
import pg from "pg";
import { expect, test } from "vitest";
import { query, type TestDatabase } from "../../../tests/support/back-ends.ts";
import { taskActivity } from "../src/names.ts";
import { createMigratedDatabase } from "./migrated-database.ts";

const migration = join(import.meta.dirname, "..", "migrations", "0005_activity_by_day.sql");
const dayMs = 24 * 60 * 60 * 1_000;
const { processor } = names.roles;
const { keptDays, daysAhead } = names.activity;

/** Days from today of every partition, lowest first. */
async function days(database: TestDatabase): Promise<number[]> {
  const { rows } = await query(
    database,
    `select (right(inhrelid::regclass::text, 8)::date - (now() at time zone 'UTC')::date) as day
     from pg_inherits where inhparent = '${taskActivity.table}'::regclass order by 1`,
  );
  return rows.map(({ day }: { day: number }) => day);
}

const everyDay = Array.from({ length: keptDays + daysAhead + 1 }, (_, at) => at - keptDays);

const keep = async (database: TestDatabase): Promise<unknown> =>
  (await query({ ...database, user: processor }, `select made, dropped from ${taskActivity.keeper}()`))
    .rows[0];

function insert(database: TestDatabase, occurredAt: number): Promise<unknown> {
  return query(
    { ...database, user: processor },
    `insert into ${taskActivity.table} (event_id, task_id, occurred_at, user_id, event_type)
     values (gen_random_uuid(), gen_random_uuid(), $1, 'user', 'CREATED')`,
    [new Date(occurredAt)],
  );
}

const count = async (database: TestDatabase): Promise<number> =>
  (await query(database, `select count(*)::int as rows from ${taskActivity.table}`)).rows[0].rows;

test("activity is kept longer than an event can come back: the topic's time, and then the dead letter's", () => {
  const hours = topics.taskEvents.retentionHours + topics.processorDeadLetter.retentionHours;
  expect(keptDays * 24).toBeGreaterThan(hours);
});

test("every day that is kept has its partition, and a day that was missed is made later", async () => {
  const database = await createMigratedDatabase();
  expect(await days(database)).toEqual(everyDay);
  expect(await keep(database)).toEqual({ made: 0, dropped: 0 });
  const today = new Date().toISOString().slice(0, 10).replaceAll("-", "");
  await query(database, `drop table ${taskActivity.table}_${today}`);
  await expect(insert(database, Date.now())).rejects.toThrow("no partition of relation");
  expect(await keep(database)).toEqual({ made: 1, dropped: 0 });
  await insert(database, Date.now());
  expect(await days(database)).toEqual(everyDay);
});

test("the processor ends days that are too old, and can end nothing else", async () => {
  const database = await createMigratedDatabase();
  const old = Date.now() - (keptDays + 2) * dayMs;
  const name = `${taskActivity.table}_${new Date(old).toISOString().slice(0, 10).replaceAll("-", "")}`;
  const from = new Date(old).toISOString().slice(0, 10);
  await query(
    database,
    `create table ${name} partition of ${taskActivity.table}
     for values from ('${from} 00:00:00Z') to (timestamptz '${from} 00:00:00Z' + interval '1 day')`,
  );
  await insert(database, old);
  const oldest = Date.now() - keptDays * dayMs;
  await insert(database, oldest);
  expect(await count(database)).toBe(2);
  expect(await keep(database)).toEqual({ made: 0, dropped: 1 });
  expect(await count(database)).toBe(1);
  for (const statement of [
    `drop table ${taskActivity.table}`,
    `delete from ${taskActivity.table}`,
    `truncate ${taskActivity.table}`,
    `create or replace function ${taskActivity.keeper}() returns int language sql as 'select 1'`,
  ]) {
    await expect(query({ ...database, user: processor }, statement)).rejects.toThrow(
      /must be owner|permission denied/,
    );
  }
  for (const role of [names.roles.api, names.roles.relay]) {
    await expect(query({ ...database, user: role }, `select ${taskActivity.keeper}()`)).rejects.toThrow(
      "permission denied",
    );
  }
});

test("while a reader holds the table, the keeper gives up instead of making others wait behind it", async () => {
  const database = await createMigratedDatabase();
  await query(
    database,
    `create table ${taskActivity.table}_20200101 partition of ${taskActivity.table}
    for values from ('2020-01-01 00:00:00Z') to ('2020-01-02 00:00:00Z')`,
  );
  const reader = new pg.Client(database);
  await reader.connect();
  await reader.query("begin");
  await reader.query(`select count(*) from ${taskActivity.table}`);
  await expect(keep(database)).rejects.toThrow("lock timeout");
  await reader.end();
  expect(await keep(database)).toEqual({ made: 0, dropped: 1 });
});

test("the migration and its way back keep the activity, in its order", async () => {
  const database = await createMigratedDatabase();
  const [up, down] = (await readFile(migration, "utf8")).split("-- Down Migration");
  for (let at = 0; at < 3; at += 1) await insert(database, Date.now() - at * dayMs);
  const order = async (): Promise<unknown> =>
    (await query(database, `select event_id from ${taskActivity.table} order by seq`)).rows;
  const before = await order();
  await query(database, down ?? "");
  expect(await order()).toEqual(before);
  expect((await query(database, "select event_id from processed_events")).rows).toHaveLength(3);
  await query(database, up ?? "");
  expect(await order()).toEqual(before);
  expect(await days(database)).toEqual(everyDay);
});
