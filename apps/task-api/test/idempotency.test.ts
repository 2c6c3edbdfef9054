import { afterAll, beforeAll, expect, test } from "vitest";
import { query } from "../../../tests/support/back-ends.ts";
import {
  type Api,
  createUser,
  outbox,
  type ProblemBody,
  startApi,
  startApiForTest,
  type TaskBody,
  type User,
} from "./support.ts";
import { connectGrpc, grpcUser } from "./support-grpc.ts";
import { lockUser, waitingForTurn } from "./support-locks.ts";

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const create = (user: User, body: unknown, headers: Record<string, string>) =>
  user.call("/v1/tasks", { method: "POST", body, headers });

async function countOf(user: User): Promise<{ tasks: number; events: number }> {
  const { rows } = await query(api.database, "select 1 from tasks where user_id = $1", [user.id]);
  return { tasks: rows.length, events: (await outbox(api.database, user.id)).length };
}

test("a repeated request gets the first answer again and creates nothing, also after the task has changed", async () => {
  const user = await createUser(api);
  const headers = { "idempotency-key": "order-1" };
  const first = await create(user, { title: "Buy milk", description: "" }, headers);
  // Another order of members and an absent default are the same request.
  const second = await create(user, { title: "Buy milk" }, headers);
  expect([first.status, second.status, second.body]).toEqual([201, 201, first.body]);
  for (const name of ["etag", "location"]) expect(second.headers.get(name)).toBe(first.headers.get(name));
  expect([first.headers.get("idempotency-replayed"), second.headers.get("idempotency-replayed")]).toEqual([
    null,
    "true",
  ]);
  expect(await countOf(user)).toEqual({ tasks: 1, events: 1 });
  await user.patch(first.body as TaskBody, { title: "Buy bread" });
  expect((await create(user, { title: "Buy milk" }, headers)).body).toEqual(first.body);
});

test("Request-ID is the same header, quoted or not", async () => {
  const user = await createUser(api);
  const first = await create(user, { title: "x" }, { "request-id": "order-1" });
  const second = await create(user, { title: "x" }, { "idempotency-key": '"order-1"' });
  const third = await create(user, { title: "x" }, { "idempotency-key": "order-1", "request-id": "order-1" });
  expect([second.body, third.body]).toEqual([first.body, first.body]);
});

test("the same key with another body is refused", async () => {
  const user = await createUser(api);
  const headers = { "idempotency-key": "order-1" };
  await create(user, { title: "Buy milk" }, headers);
  const { status, body } = await create(user, { title: "Buy bread" }, headers);
  expect([status, (body as ProblemBody).code]).toEqual([422, "idempotency-key-reused"]);
  expect(await countOf(user)).toEqual({ tasks: 1, events: 1 });
});

test("two users can use the same key", async () => {
  const [user, other] = [await createUser(api), await createUser(api)];
  const headers = { "idempotency-key": "order-1" };
  const first = await user.create("x", headers);
  const second = await other.create("y", headers);
  expect([second.user_id, second.id === first.id]).toEqual([other.id, false]);
});

test.each([
  ["an empty key", { "idempotency-key": "" }],
  ["a key with a space", { "idempotency-key": "a b" }],
  ["a key with a comma, as from two headers", { "idempotency-key": "a,b" }],
  ["a key that is too long", { "idempotency-key": "x".repeat(256) }],
  ["two headers with different keys", { "idempotency-key": "a", "request-id": "b" }],
])("%s is refused and creates nothing", async (_, headers) => {
  const user = await createUser(api);
  const { status, body } = await create(user, { title: "x" }, headers);
  expect([status, (body as ProblemBody).code]).toEqual([400, "invalid-idempotency-key"]);
  expect(await countOf(user)).toEqual({ tasks: 0, events: 0 });
});

test("a refused request does not use up its key", async () => {
  const user = await createUser(api);
  const headers = { "idempotency-key": "order-1" };
  expect((await create(user, { title: 7 }, headers)).status).toBe(400);
  expect((await create(user, { title: "seven" }, headers)).status).toBe(201);
});

test("while the first request is running, the second gets 409, and later the stored answer", async () => {
  const user = await createUser(api);
  const headers = { "idempotency-key": "order-1" };
  const holder = await lockUser(api.database, user.id);
  const first = create(user, { title: "x" }, headers);
  await waitingForTurn(api);
  const second = await create(user, { title: "x" }, headers);
  expect([second.status, second.headers.get("retry-after")]).toEqual([409, "1"]);
  expect((second.body as ProblemBody).code).toBe("request-in-progress");
  await holder.query("rollback");
  const answer = await first;
  const third = await create(user, { title: "x" }, headers);
  expect([answer.status, third.body]).toEqual([201, answer.body]);
  expect(await countOf(user)).toEqual({ tasks: 1, events: 1 });
});

test("of many concurrent requests with one key, exactly one creates a task", async () => {
  const user = await createUser(api);
  const headers = { "idempotency-key": "order-1" };
  const answers = await Promise.all(Array.from({ length: 20 }, () => create(user, { title: "x" }, headers)));
  const created = answers.filter(({ status }) => status === 201);
  expect(answers.every(({ status }) => status === 201 || status === 409)).toBe(true);
  expect(new Set(created.map(({ body }) => (body as { id: string }).id)).size).toBe(1);
  expect(created.filter(({ headers: given }) => !given.has("idempotency-replayed")).length).toBe(1);
  expect(await countOf(user)).toEqual({ tasks: 1, events: 1 });
});

test("after 24 hours a key can be used again", async () => {
  const user = await createUser(api);
  const headers = { "idempotency-key": "order-1" };
  const first = await user.create("x", headers);
  const { rows } = await query(
    api.database,
    `update idempotency_keys set expires_at = expires_at - interval '24 hours' where user_id = $1
     returning round(extract(epoch from now() - expires_at)) < 60 as just_expired`,
    [user.id],
  );
  expect(rows).toEqual([{ just_expired: true }]);
  const second = await user.create("y", headers);
  expect([second.id === first.id, (await countOf(user)).tasks]).toEqual([false, 2]);
});

test("REST and gRPC share one key space: the same key is the same operation", async () => {
  const user = await createUser(api);
  const grpc = grpcUser(connectGrpc(api), user.token);
  const first = await create(user, { title: "x" }, { "idempotency-key": "both" });
  const second = await grpc.call("CreateTask", { title: "x" }, { metadata: { "idempotency-key": "both" } });
  expect([second.code, (second.message as { id: string }).id]).toEqual(["OK", (first.body as TaskBody).id]);
  expect(second.headers.get("idempotency-replayed")).toEqual(["true"]);
  const third = await grpc.task("CreateTask", { title: "y" }, { metadata: { "idempotency-key": "other" } });
  const fourth = await create(user, { title: "y" }, { "idempotency-key": "other" });
  expect([fourth.status, (fourth.body as TaskBody).id]).toEqual([201, third.id]);
  expect([fourth.headers.get("etag"), fourth.headers.get("location")]).toEqual([
    '"1"',
    `/v1/tasks/${third.id}`,
  ]);
  const reused = await grpc.call("CreateTask", { title: "z" }, { metadata: { "idempotency-key": "both" } });
  expect(reused.code).toBe("FAILED_PRECONDITION");
});

test("a key that gRPC stored in an earlier release is still known", async () => {
  const user = await createUser(api);
  const first = await user.create("x", { "idempotency-key": "old" });
  await query(api.database, "update idempotency_keys set route = $1 where user_id = $2", [
    "tasks.v1.TaskService/CreateTask",
    user.id,
  ]);
  expect((await user.create("x", { "idempotency-key": "old" })).id).toBe(first.id);
});

test("one user's locked tasks hold no connection: others read and write, and that user gets 503 in time", async () => {
  const own = await startApiForTest({ DATABASE_POOL_SIZE: "2" });
  const [locked, other] = [await createUser(own), await createUser(own)];
  const mine = await other.create("before");
  const task = await locked.create("mine");
  const holder = await lockUser(own.database, locked.id);
  const writes = [
    ...Array.from({ length: 12 }, () => create(locked, { title: "x" }, {})),
    ...Array.from({ length: 12 }, () => locked.patch(task, { title: "y" })),
  ];
  await waitingForTurn(own);
  for (let round = 0; round < 5; round += 1) {
    expect((await other.call(`/v1/tasks/${mine.id}`)).status).toBe(200);
    expect((await other.create(`round ${round}`)).version).toBe(1);
    expect((await locked.call(`/v1/tasks/${task.id}`)).status).toBe(200);
  }
  const answers = await Promise.all(writes);
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([503]));
  expect(answers[0]?.headers.get("retry-after")).toBe("1");
  await holder.query("rollback");
  expect((await locked.create("after")).version).toBe(1);
});

test("in a batch only the request that is to blame fails, and the others find no lock of the failed try", async () => {
  // Several times: the server frees the locks of a refused statement a moment after it has refused it.
  for (let round = 0; round < 10; round += 1) {
    const users = await Promise.all(Array.from({ length: 30 }, () => createUser(api)));
    const guilty = users[17];
    await query(
      api.database,
      `alter table tasks add constraint refused check (user_id <> '${guilty?.id}') not valid`,
    );
    const answers = await Promise.all(
      users.map((user) => create(user, { title: "x" }, { "idempotency-key": "k" })),
    );
    await query(api.database, "alter table tasks drop constraint refused");
    expect(answers.map(({ status }) => status)).toEqual(users.map((user) => (user === guilty ? 500 : 201)));
  }
});
