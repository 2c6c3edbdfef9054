import { connect, constants } from "node:http2";
import { createLogger } from "@task-platform/runtime/logging";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { eventually, query } from "../../../tests/support/back-ends.ts";
import { type Api, createUser, startApi, startApiForTest } from "./support.ts";
import { createGrpcUser, type GrpcEvent } from "./support-grpc.ts";

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const timesOf = (events: readonly GrpcEvent[]): number[] =>
  events.map(({ timestamp }) => timestamp.seconds * 1000 + timestamp.nanos / 1_000_000);

test("a watch receives creations, updates and deletions in order, from REST and gRPC", async () => {
  const user = await createGrpcUser(api);
  const watch = user.watch({ user_id: user.id });
  expect((await watch.opened).get("x-correlation-id")[0]).toMatch(/^[0-9a-f-]{36}$/);
  const rest = await createUser(api, { sub: user.id });
  const task = await rest.create("first");
  await watch.has(1);
  await user.task("UpdateTask", { id: task.id, title: "second" });
  await watch.has(2);
  await user.task("UpdateTask", { id: task.id, completed: true });
  await watch.has(3);
  await user.call("DeleteTask", { id: task.id });
  const events = await watch.has(4);
  expect(events.map(({ event_type, task: { title, completed } }) => [event_type, title, completed])).toEqual([
    ["created", "first", false],
    ["updated", "second", false],
    ["updated", "second", true],
    ["deleted", "", false],
  ]);
  expect(events.every((event) => event.task.id === task.id && event.task.user_id === user.id)).toBe(true);
  const times = timesOf(events);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  expect(times[0]).toBe(Date.parse(task.created_at));
});

test("a watch receives each of many concurrent changes, and the last event of a task has its final state", async () => {
  const user = await createGrpcUser(api);
  const watches = [user.watch(), user.watch()];
  await Promise.all(watches.map(({ opened }) => opened));
  const made = await Promise.all(
    Array.from({ length: 20 }, (_, at) => user.task("CreateTask", { title: `t${at}` })),
  );
  await Promise.all(made.map(({ id }) => user.task("UpdateTask", { id, completed: true })));
  for (const watch of watches) {
    const events = await watch.has(40);
    const last = new Map(events.map(({ task }) => [task.id, task.completed]));
    expect([...last.keys()].toSorted()).toEqual(made.map(({ id }) => id).toSorted());
    expect([...last.values()].every(Boolean)).toBe(true);
    const times = timesOf(events);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  }
  expect(watches[0]?.events).toEqual(watches[1]?.events);
});

test("a quiet watch receives heartbeats, which no client takes for a change, and still every change", async () => {
  const often = await startApiForTest({ WATCH_HEARTBEAT_MS: "50" });
  const user = await createGrpcUser(often);
  const watch = user.watch();
  await watch.opened;
  await eventually(() => watch.heartbeats.length >= 3, "three heartbeats");
  expect(watch.events).toEqual([]);
  expect(watch.heartbeats[0]).toEqual({ event_type: "", task: null, timestamp: null, heartbeat: true });
  const task = await user.task("CreateTask", { title: "after heartbeats" });
  const before = watch.heartbeats.length;
  expect(await watch.has(1)).toMatchObject([{ event_type: "created", task, heartbeat: false }]);
  await eventually(() => watch.heartbeats.length > before, "a heartbeat after the change");
});

test("a watch receives no changes of another user's tasks", async () => {
  const [user, other] = [await createGrpcUser(api), await createGrpcUser(api)];
  const [mine, theirs] = [user.watch(), other.watch()];
  await Promise.all([mine.opened, theirs.opened]);
  const secret = await user.task("CreateTask", { title: "secret" });
  const own = await other.task("CreateTask", { title: "own" });
  expect((await mine.has(1))[0]?.task).toEqual(secret);
  expect((await theirs.has(1)).map(({ task }) => task)).toEqual([own]);
});

test("a watch receives no change that is rolled back", async () => {
  const user = await createGrpcUser(api);
  const watch = user.watch();
  await watch.opened;
  const { id } = await user.task("CreateTask", { title: "x" });
  // A task that is deleted before its creation is sent is reported as deleted only.
  await watch.has(1);
  await user.call("UpdateTask", { id, title: "y" }, { metadata: { "if-match": '"9"' } });
  await user.call("DeleteTask", { id });
  const events = await watch.has(2);
  expect(events.map(({ event_type }) => event_type)).toEqual(["created", "deleted"]);
});

test("all watches share one connection, and when it is lost, they end with UNAVAILABLE and can start again", async () => {
  const lines: string[] = [];
  const api = await startApiForTest(
    {},
    {
      logger: createLogger(
        { service: "task-api", level: "warn" },
        { write: (line) => void lines.push(line) },
      ),
    },
  );
  const [user, other] = [await createGrpcUser(api), await createGrpcUser(api)];
  const watches = [user.watch(), user.watch(), other.watch()];
  await Promise.all(watches.map(({ opened }) => opened));
  // The last statement of the connection: the listen, or the check that runs every 10 s.
  const listening =
    "datname = current_database() and (query = 'listen task_changes' or query like 'select pg_is_in_recovery%')";
  const cut = await query(
    api.database,
    `select pg_terminate_backend(pid) from pg_stat_activity where ${listening}`,
  );
  expect(cut.rows.length).toBe(1);
  const ends = await Promise.all(watches.map(({ ended }) => ended));
  // The lost connection ends them at once. The check, which runs every 10 s, would find a client that cannot be used.
  expect(lines.filter((line) => line.includes("the connection that listens to changes is lost"))).toEqual([
    expect.stringContaining("terminating connection due to administrator command"),
  ]);
  expect(ends.map(({ code }) => code)).toEqual(["UNAVAILABLE", "UNAVAILABLE", "UNAVAILABLE"]);
  const again = user.watch();
  await again.opened;
  const task = await user.task("CreateTask", { title: "after" });
  expect((await again.has(1)).map((event) => event.task)).toEqual([task]);
});

test("a watch ends when its token expires", async () => {
  const user = await createGrpcUser(api, { exp: Math.floor(Date.now() / 1000) + 5 });
  const watch = user.watch();
  await watch.opened;
  expect(await watch.ended).toEqual({
    code: "UNAUTHENTICATED",
    details: "the token has expired; watch again with a new one",
  });
});

test("a subject can have ten watches, and the end of one makes room for another", async () => {
  const user = await createGrpcUser(api);
  const watches = Array.from({ length: 10 }, () => user.watch());
  await Promise.all(watches.map(({ opened }) => opened));
  expect((await user.watch().ended).code).toBe("RESOURCE_EXHAUSTED");
  await (await createGrpcUser(api)).watch().opened;
  watches[0]?.stream.cancel();
  await eventually(
    () =>
      user.watch().opened.then(
        () => true,
        () => false,
      ),
    "room for another watch",
  );
});

test("a client that reads too slowly is disconnected, so its buffer is bounded", async () => {
  const user = await createGrpcUser(api);
  const watch = user.watch();
  await watch.opened;
  watch.stream.pause();
  const description = "x".repeat(4_000);
  let over = false;
  const status = watch.ended.then((end) => {
    over = true;
    return end;
  });
  for (let round = 0; round < 60 && !over; round += 1) {
    await Promise.all(Array.from({ length: 10 }, () => user.task("CreateTask", { title: "x", description })));
    if (round > 30) watch.stream.resume();
  }
  expect(await status).toMatchObject({ code: "RESOURCE_EXHAUSTED" });
});

test("a client that never reads is cut off, so it holds neither memory nor a shutdown", async () => {
  const user = await createGrpcUser(api);
  const session = connect(`http://${api.grpcAddress}`);
  onTestFinished(() => session.destroy());
  const stream = session.request({
    ":method": "POST",
    ":path": "/tasks.v1.TaskService/WatchTasks",
    "content-type": "application/grpc",
    te: "trailers",
    authorization: `Bearer ${user.token}`,
  });
  stream.on("error", () => undefined);
  const opened = new Promise((resolve) => stream.once("response", resolve));
  // An empty message: no compression, length 0.
  stream.end(Buffer.alloc(5));
  await opened;
  const description = "x".repeat(4_000);
  const closed = (): boolean => stream.rstCode === constants.NGHTTP2_CANCEL;
  for (let round = 0; round < 40 && !closed(); round += 1) {
    await Promise.all(Array.from({ length: 10 }, () => user.task("CreateTask", { title: "x", description })));
  }
  await eventually(closed, "the stream to be cut");
  expect(stream.destroyed).toBe(true);
});
