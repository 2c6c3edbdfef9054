import { database as names } from "@task-platform/contracts";
import { statistics } from "@task-platform/schema/names";
import { afterAll, expect, test } from "vitest";
import { query } from "../../../tests/support/back-ends.ts";
import { createUser, type ProblemBody, startApi, type User } from "./support.ts";

const api = await startApi();
afterAll(() => api.stop());

const dayMs = 24 * 60 * 60 * 1_000;
const dayOf = (daysAgo: number): string => new Date(Date.now() - daysAgo * dayMs).toISOString().slice(0, 10);

/** What the analytics count: null for a created task, otherwise the seconds until it was completed. */
async function count(user: User, day: string, seconds: readonly (number | null)[]): Promise<void> {
  await query(
    { ...api.database, user: names.roles.analytics },
    `insert into ${statistics.events} (event_id, user_id, occurred_at, completed, seconds)
     select gen_random_uuid(), $1, timestamptz '${day} 00:00:00Z', seconds is not null, seconds
     from unnest($2::float8[]) as seconds`,
    [user.id, seconds],
  );
}

async function statisticsOf(user: User, parameters = ""): Promise<unknown[]> {
  const { status, body } = await user.call(`/v1/statistics${parameters}`);
  expect([status, body]).toEqual([200, { statistics: expect.any(Array) }]);
  return (body as { statistics: unknown[] }).statistics;
}

test("each day of the last week has created and completed tasks with the median and p95 of their times", async () => {
  const [user, stranger] = [await createUser(api), await createUser(api)];
  await count(user, dayOf(6), [null, null, null, 10, 20, 30, 40]);
  await count(user, dayOf(0), [5]);
  await count(user, dayOf(7), [null]);
  await count(stranger, dayOf(0), [1_000, null]);
  const nothing = {
    created: 0,
    completed: 0,
    median_seconds_to_complete: null,
    p95_seconds_to_complete: null,
  };
  expect(await statisticsOf(user)).toEqual([
    {
      day: dayOf(6),
      created: 3,
      completed: 4,
      median_seconds_to_complete: 25,
      p95_seconds_to_complete: 38.5,
    },
    ...[5, 4, 3, 2, 1].map((ago) => ({ day: dayOf(ago), ...nothing })),
    { day: dayOf(0), created: 0, completed: 1, median_seconds_to_complete: 5, p95_seconds_to_complete: 5 },
  ]);
  expect(await statisticsOf(user, `?from=${dayOf(7)}&to=${dayOf(7)}`)).toEqual([
    { day: dayOf(7), ...nothing, created: 1 },
  ]);
});

test("a closed day is read from its row, also while some of its events are still there", async () => {
  const user = await createUser(api);
  const closed = dayOf(names.statistics.openDays + 10);
  const closing = dayOf(names.statistics.openDays);
  await count(user, closing, [1, 1]);
  for (const day of [closed, closing])
    await query(
      api.database,
      `insert into ${statistics.days} (day, user_id, created, completed, median_seconds, p95_seconds)
       values ($1, $2, 4, 3, 60.5, 90)`,
      [day, user.id],
    );
  const row = { created: 4, completed: 3, median_seconds_to_complete: 60.5, p95_seconds_to_complete: 90 };
  const days = await statisticsOf(user, `?from=${closed}&to=${closing}`);
  expect(days).toHaveLength(11);
  expect([days[0], days.at(-1)]).toEqual([
    { day: closed, ...row },
    { day: closing, ...row },
  ]);
});

test.each([
  ["from=2026-02-30", "from"],
  ["from=2026-1-1", "from"],
  ["to=tomorrow", "to"],
  ["to=2026-11-27T00:00:00Z", "to"],
  ["from=0000-01-01", "from"],
  ["to=9999-12-31", "to"],
  [`from=${dayOf(0)}&to=${dayOf(1)}`, "from"],
  [`from=${dayOf(92)}`, "from"],
  ["from=", "from"],
  ["day=2026-11-27", "day"],
])("?%s is refused and named", async (parameters, pointer) => {
  const user = await createUser(api);
  const { status, body } = await user.call(`/v1/statistics?${parameters}`);
  const { code, errors } = body as ProblemBody;
  expect([status, code]).toEqual([400, "invalid-request"]);
  expect(new Set(errors?.map((error) => error.pointer))).toEqual(new Set([`querystring: /${pointer}`]));
});
