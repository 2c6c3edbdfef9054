import { taskEventReader, taskEventSchema } from "@task-platform/contracts";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { eventually, query } from "../../../tests/support/back-ends.ts";
import { type Api, createUser, outbox, startApi, type TaskBody } from "./support.ts";
import { openTransaction, waitingProcess } from "./support-locks.ts";

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const readEvent = taskEventReader(taskEventSchema);

test("with many writers, the ids, versions and times of a user's events rise in the order of the changes", async () => {
  const user = await createUser(api);
  const tasks = await Promise.all(Array.from({ length: 8 }, (_, index) => user.create(`task ${index}`)));
  await Promise.all(
    tasks.map(async (task) => {
      let current = task;
      for (let change = 0; change < 5; change += 1) {
        current = (await user.patch(current, { title: `change ${change}` })).body as TaskBody;
      }
    }),
  );
  const events = (await outbox(api.database, user.id)).map(({ payload }) => readEvent(payload));
  expect(events.length).toBe(8 + 8 * 5);
  const times = events.map(({ timestamp }) => timestamp);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  for (const { id } of tasks) {
    const versions = events.filter((event) => event.task_id === id).map(({ metadata }) => metadata.version);
    expect(versions).toEqual(["1", "2", "3", "4", "5", "6"]);
  }
});

test("a later id of a user never becomes visible before an earlier one", async () => {
  const user = await createUser(api);
  const seen = new Set<string>();
  let highest = 0n;
  let wrong = 0;
  let writing = true;
  const watch = (async () => {
    while (writing) {
      for (const { id } of await outbox(api.database, user.id)) {
        if (seen.has(id)) continue;
        seen.add(id);
        if (BigInt(id) < highest) wrong += 1;
        else highest = BigInt(id);
      }
    }
  })();
  await Promise.all(Array.from({ length: 100 }, (_, index) => user.create(`task ${index}`)));
  writing = false;
  await watch;
  expect(wrong).toBe(0);
});

test("of concurrent updates of one version, one succeeds, the others get 412, and there is one event", async () => {
  const user = await createUser(api);
  const task = await user.create("x");
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, index) => user.patch(task, { title: `w${index}` })),
  );
  const statuses = answers.map(({ status }) => status).toSorted();
  expect(statuses).toEqual([200, ...Array.from({ length: 9 }, () => 412)]);
  expect((await outbox(api.database, user.id)).map((row) => row.event_type)).toEqual(["CREATED", "UPDATED"]);
});

test("when the event cannot be written, neither task nor key is stored, and the answer does not show the cause", async () => {
  const user = await createUser(api);
  await query(
    api.database,
    `alter table outbox add constraint refused check (key <> '${user.id}') not valid`,
  );
  const headers = { "idempotency-key": "one" };
  const answer = await user.call("/v1/tasks", { method: "POST", body: { title: "x" }, headers });
  await query(api.database, "alter table outbox drop constraint refused");
  expect([answer.status, JSON.stringify(answer.body)]).toEqual([
    500,
    expect.not.stringMatching(/outbox|refused/),
  ]);
  expect((await user.call("/v1/tasks")).body).toEqual({ tasks: [], next_page_token: null });
  expect(
    (await query(api.database, "select 1 from idempotency_keys where user_id = $1", [user.id])).rows,
  ).toEqual([]);
  expect((await user.create("x", headers)).version).toBe(1);
});

test("when the connection is lost before the commit, neither task nor event nor key is stored", async () => {
  const user = await createUser(api);
  const holder = await openTransaction(api.database);
  await holder.query("lock table outbox in exclusive mode");
  const headers = { "idempotency-key": "one" };
  const request = user.call("/v1/tasks", { method: "POST", body: { title: "x" }, headers });
  await query(api.database, "select pg_terminate_backend($1)", [await waitingProcess(api.database)]);
  await holder.query("rollback");
  expect((await request).status).toBe(503);
  expect((await user.call("/v1/tasks")).body).toEqual({ tasks: [], next_page_token: null });
  expect(await outbox(api.database, user.id)).toEqual([]);
  const task = await user.create("x", headers);
  expect((await outbox(api.database, user.id)).map(({ payload }) => readEvent(payload).task_id)).toEqual([
    task.id,
  ]);
});

test("after its commit a change wakes the relay with the shard of the user", async () => {
  const user = await createUser(api);
  const { host, port, user: name, database } = api.database;
  const listener = new pg.Client({ host, port, user: name, database });
  await listener.connect();
  const notified: (string | undefined)[] = [];
  listener.on("notification", ({ payload }) => notified.push(payload));
  await listener.query("listen outbox");
  // Changes of the same few milliseconds share one notification, so each one waits for its own.
  const told = (count: number) => eventually(() => notified.length === count, `notification ${count}`);
  const task = await user.create("x");
  await told(1);
  await user.patch(task, { title: "y" });
  await told(2);
  await user.call(`/v1/tasks/${task.id}`, { method: "DELETE", headers: { "if-match": '"2"' } });
  await told(3);
  await listener.end();
  const [row] = await outbox(api.database, user.id);
  expect(notified).toEqual([String(row?.shard), String(row?.shard), String(row?.shard)]);
});
