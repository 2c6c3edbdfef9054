import { createLogger } from "@task-platform/runtime/logging";
import { expect, test } from "vitest";
import { backEnds, eventually } from "../../../tests/support/back-ends.ts";
import {
  createMigratedDatabase,
  createUser,
  type ProblemBody,
  startApiForTest,
  type User,
} from "./support.ts";
import { createLink } from "./support-link.ts";

test("while PostgreSQL is unavailable, every request is refused with 503, and the service recovers by itself", async () => {
  const database = await createMigratedDatabase();
  const link = await createLink(database);
  const lines: string[] = [];
  const logger = createLogger(
    { service: "task-api", level: "info" },
    { write: (line) => void lines.push(line) },
  );
  const api = await startApiForTest({ DATABASE_PORT: String(link.port) }, { database, logger });
  const user = await createUser(api);
  const task = await user.create("before");
  const ready = async (): Promise<number> => (await fetch(`${api.adminUrl}/readyz`)).status;
  expect(await ready()).toBe(200);

  await link.cut();
  const answers = await Promise.all([
    user.call("/v1/tasks", {
      method: "POST",
      body: { title: "lost?" },
      headers: { "idempotency-key": "one" },
    }),
    user.call("/v1/tasks"),
    user.call(`/v1/tasks/${task.id}`),
    user.patch(task, { title: "lost?" }),
  ]);
  for (const { status, headers, body } of answers) {
    expect([status, headers.get("retry-after"), (body as ProblemBody).code]).toEqual([
      503,
      "2",
      "unavailable",
    ]);
    expect(JSON.stringify(body)).not.toMatch(/ECONN|127\.0\.0\.1|postgres|sql/i);
  }
  await eventually(async () => (await ready()) === 503, "readiness to fail");
  expect((await fetch(`${api.adminUrl}/livez`)).status).toBe(200);

  await link.mend();
  await eventually(async () => (await ready()) === 200, "readiness to recover");
  const again = await user.create("lost?", { "idempotency-key": "one" });
  const { tasks } = (await user.call("/v1/tasks")).body as { tasks: { id: string }[] };
  expect(tasks.map(({ id }) => id)).toEqual([again.id, task.id]);
  expect(lines.some((line) => line.includes("dependency cannot be used"))).toBe(true);
});

test("the service starts without PostgreSQL, is alive but not ready, and serves once PostgreSQL is available", async () => {
  const database = await createMigratedDatabase();
  const link = await createLink(database);
  await link.cut();
  const api = await startApiForTest({ DATABASE_PORT: String(link.port) }, { database });
  const probe = async (path: string): Promise<number> => (await fetch(`${api.adminUrl}${path}`)).status;
  expect([await probe("/livez"), await probe("/startupz"), await probe("/readyz")]).toEqual([200, 200, 503]);
  await link.mend();
  await eventually(async () => (await probe("/readyz")) === 200, "readiness");
  const user = await createUser(api);
  expect((await user.create("x")).version).toBe(1);
});

test("a subject has one rate limit over all replicas, and other subjects have their own", async () => {
  const database = await createMigratedDatabase();
  const [one, two] = [
    await startApiForTest({ RATE_LIMIT_PER_MINUTE: "6" }, { database }),
    await startApiForTest({ RATE_LIMIT_PER_MINUTE: "6" }, { database }),
  ];
  const user = await createUser(one);
  const sameUser = await createUser(two, { sub: user.id });
  const statuses: number[] = [];
  for (let index = 0; index < 4; index += 1) {
    statuses.push((await user.call("/v1/tasks")).status, (await sameUser.call("/v1/tasks")).status);
  }
  expect(statuses).toEqual([200, 200, 200, 200, 200, 200, 429, 429]);
  const refused = await user.call("/v1/tasks");
  const retryAfter = Number(refused.headers.get("retry-after"));
  expect([refused.status, (refused.body as ProblemBody).code]).toEqual([429, "rate-limited"]);
  expect(retryAfter > 0 && retryAfter <= 60).toBe(true);
  expect((await (await createUser(one)).call("/v1/tasks")).status).toBe(200);
  expect(await (await fetch(`${one.adminUrl}/metrics`)).text()).toContain(
    'security_events_total{event="rate_limited",service="task-api"}',
  );
});

test("requests that arrive together are counted each for its own subject", async () => {
  const api = await startApiForTest({ RATE_LIMIT_PER_MINUTE: "6" });
  const [busy, ...quiet] = await Promise.all(Array.from({ length: 9 }, () => createUser(api)));
  const send = async (users: readonly (User | undefined)[]): Promise<unknown[]> =>
    Promise.all(users.map(async (user) => (await user?.call("/v1/tasks"))?.status));
  const first = await send(Array.from({ length: 8 }, () => busy));
  expect(first.filter((status) => status === 200).length).toBe(6);
  expect(await send(quiet.flatMap((user) => [busy, user]))).toEqual(quiet.flatMap(() => [429, 200]));
});

test("while Redis is unavailable, each replica still applies the limit, and no request is refused or waits for it", async () => {
  const link = await createLink(backEnds().redis);
  const lines: string[] = [];
  const logger = createLogger(
    { service: "task-api", level: "warn" },
    { write: (line) => void lines.push(line) },
  );
  const api = await startApiForTest(
    { RATE_LIMIT_PER_MINUTE: "5", REDIS_PORT: String(link.port) },
    { logger },
  );
  const user = await createUser(api);
  expect((await user.call("/v1/tasks")).status).toBe(200);
  await link.cut();
  const statuses: number[] = [];
  for (let index = 0; index < 7; index += 1) statuses.push((await user.call("/v1/tasks")).status);
  // The first request was counted in Redis, or here when the connection was not up yet.
  expect(["200,200,200,200,200,429,429", "200,200,200,200,429,429,429"]).toContain(statuses.join());
  // Every request that asks Redis in vain writes a line. At most one was on its way when the link was cut.
  expect(lines.filter((line) => line.includes("counted in this process")).length).toBeLessThanOrEqual(1);
  expect((await fetch(`${api.adminUrl}/readyz`)).status).toBe(200);
});

test("the service starts without Redis", async () => {
  const link = await createLink(backEnds().redis);
  await link.cut();
  const api = await startApiForTest({ REDIS_PORT: String(link.port) });
  const user = await createUser(api);
  expect((await user.create("x")).version).toBe(1);
});
