import { database as names, topics } from "@task-platform/contracts";
import { expect, test } from "vitest";
import { query, type TestDatabase } from "../../../tests/support/back-ends.ts";
import { statistics } from "../src/names.ts";
import { createMigratedDatabase } from "./migrated-database.ts";

const dayMs = 24 * 60 * 60 * 1_000;
const { analytics } = names.roles;
const { openDays, daysAhead, keptDays } = names.statistics;

const dayOf = (daysFromToday: number): string =>
  new Date(Date.now() + daysFromToday * dayMs).toISOString().slice(0, 10);

const keep = async (database: TestDatabase) =>
  (
    await query(
      { ...database, user: analytics },
      `select made, closed, dropped, forgotten from ${statistics.keeper}()`,
    )
  ).rows[0];

/** Makes the partition of a day that is over, as if the keeper had not run since. */
async function openDay(database: TestDatabase, day: string): Promise<void> {
  await query(
    database,
    `create table ${statistics.events}_${day.replaceAll("-", "")} partition of ${statistics.events}
     for values from ('${day} 00:00:00Z') to (timestamptz '${day} 00:00:00Z' + interval '1 day')`,
  );
}

/** Completions of a user on a day, after so many seconds each. */
async function complete(
  database: TestDatabase,
  user: string,
  day: string,
  seconds: readonly number[],
): Promise<void> {
  await query(
    { ...database, user: analytics },
    `insert into ${statistics.events} (event_id, user_id, occurred_at, completed, seconds)
     select gen_random_uuid(), $1, timestamptz '${day} 12:00:00Z', seconds is not null, seconds from unnest($2::float8[]) as seconds`,
    [user, seconds],
  );
}

const closedDays = async (database: TestDatabase): Promise<unknown[]> =>
  (
    await query(
      database,
      `select to_char(day, 'YYYY-MM-DD') as day, user_id, created, completed, median_seconds, p95_seconds
       from ${statistics.days} order by day, user_id`,
    )
  ).rows;

test("a day stays open for longer than an event can come back", () => {
  const hours = topics.taskEvents.retentionHours + topics.analyticsDeadLetter.retentionHours;
  expect(names.activity.keptDays * 24).toBeGreaterThan(hours);
  expect(openDays).toBeGreaterThan(names.activity.keptDays);
});

test("every open day has its partition", async () => {
  const database = await createMigratedDatabase();
  const { rows } = await query(
    database,
    `select right(inhrelid::regclass::text, 8) as day from pg_inherits
     where inhparent = '${statistics.events}'::regclass order by 1`,
  );
  expect(rows.map(({ day }: { day: string }) => day)).toEqual(
    Array.from({ length: openDays + daysAhead + 1 }, (_, at) => dayOf(at - openDays).replaceAll("-", "")),
  );
  expect(await keep(database)).toEqual({ made: 0, closed: 0, dropped: 0, forgotten: 0 });
});

test("a day that is over is closed with a row for each user, and an open day is left alone", async () => {
  const database = await createMigratedDatabase();
  const [over, open] = [dayOf(-openDays - 2), dayOf(-openDays)];
  await openDay(database, over);
  await complete(database, "anna", over, [10, 20, 30, 40]);
  await complete(database, "bert", over, [7]);
  await complete(database, "anna", open, [1]);
  await query(
    database,
    `update ${statistics.events} set completed = false, seconds = null where seconds = 10`,
  );
  expect(await keep(database)).toEqual({ made: 0, closed: 2, dropped: 1, forgotten: 0 });
  expect(await closedDays(database)).toEqual([
    { day: over, user_id: "anna", created: 1, completed: 3, median_seconds: 30, p95_seconds: 39 },
    { day: over, user_id: "bert", created: 0, completed: 1, median_seconds: 7, p95_seconds: 7 },
  ]);
  const left = await query(database, `select user_id from ${statistics.events}`);
  expect(left.rows).toEqual([{ user_id: "anna" }]);
});

test("a day that was closed in part is closed from the next user on", async () => {
  const database = await createMigratedDatabase();
  const over = dayOf(-openDays - 1);
  await openDay(database, over);
  await complete(database, "anna", over, [10]);
  await complete(database, "bert", over, [20]);
  await query(
    database,
    `insert into ${statistics.days} (day, user_id, created, completed) values ('${over}', 'anna', 5, 5)`,
  );
  expect(await keep(database)).toMatchObject({ closed: 1, dropped: 1 });
  expect(await closedDays(database)).toMatchObject([
    { user_id: "anna", created: 5 },
    { user_id: "bert", created: 0, completed: 1 },
  ]);
});

test("days are closed one after another, the oldest first", async () => {
  const database = await createMigratedDatabase();
  for (const ago of [3, 1, 2]) await openDay(database, dayOf(-openDays - ago));
  expect(await keep(database)).toMatchObject({ dropped: 1 });
  await expect(complete(database, "anna", dayOf(-openDays - 3), [1])).rejects.toThrow("no partition");
  await complete(database, "anna", dayOf(-openDays - 2), [1]);
  expect(await keep(database)).toMatchObject({ closed: 1, dropped: 1 });
  expect(await keep(database)).toMatchObject({ closed: 0, dropped: 1 });
  expect(await keep(database)).toMatchObject({ dropped: 0 });
});

test("closed days are forgotten when they are too old", async () => {
  const database = await createMigratedDatabase();
  for (const ago of [keptDays, keptDays + 1])
    await query(
      database,
      `insert into ${statistics.days} (day, user_id, created, completed) values ('${dayOf(-ago)}', 'anna', 1, 1)`,
    );
  expect(await keep(database)).toMatchObject({ forgotten: 1 });
  expect(await closedDays(database)).toMatchObject([{ day: dayOf(-keptDays) }]);
});

test("the analytics can end days only, and no other role can end one", async () => {
  const database = await createMigratedDatabase();
  for (const statement of [
    `drop table ${statistics.events}`,
    `delete from ${statistics.events}`,
    `update ${statistics.events} set seconds = 0`,
    `insert into ${statistics.days} (day, user_id, created, completed) values (now(), 'anna', 1, 1)`,
  ]) {
    await expect(query({ ...database, user: analytics }, statement)).rejects.toThrow(
      /must be owner|permission denied/,
    );
  }
  for (const role of [names.roles.api, names.roles.relay, names.roles.processor]) {
    await expect(query({ ...database, user: role }, `select ${statistics.keeper}()`)).rejects.toThrow(
      "permission denied",
    );
  }
});
