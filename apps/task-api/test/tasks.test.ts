import { once } from "node:events";
import { Agent, type IncomingMessage, request } from "node:http";
import { partitionOf, taskEventReader, taskEventSchema, topics } from "@task-platform/contracts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { query } from "../../../tests/support/back-ends.ts";
import { type Api, createUser, outbox, startApi, type TaskBody } from "./support.ts";

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const readEvent = taskEventReader(taskEventSchema);
const eventTypesOf = async (userId: string): Promise<string[]> =>
  (await outbox(api.database, userId)).map((row) => row.event_type);

test("a create answers the whole task, with its version as ETag and its address as Location", async () => {
  const user = await createUser(api);
  const body = { title: "Buy milk", description: "two litres" };
  const answer = await user.call("/v1/tasks", { method: "POST", body });
  const task = answer.body as TaskBody;
  expect(answer.status).toBe(201);
  expect(task).toEqual({
    id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
    user_id: user.id,
    title: "Buy milk",
    description: "two litres",
    completed: false,
    version: 1,
    created_at: expect.stringMatching(/^\d{4}-.*\.\d{3}Z$/) as string,
    updated_at: task.created_at,
  });
  expect(answer.headers.get("etag")).toBe('"1"');
  expect(answer.headers.get("location")).toBe(`/v1/tasks/${task.id}`);
  const read = await user.call(`/v1/tasks/${task.id}`);
  expect([read.status, read.body, read.headers.get("etag")]).toEqual([200, task, '"1"']);
});

test("a create writes exactly one event with the state of the task", async () => {
  const user = await createUser(api);
  const traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
  const traceparent = `00-${traceId}-00f067aa0ba902b7-01`;
  const headers = { "x-correlation-id": "shop-42", traceparent };
  const task = await user.create("Buy milk", headers);
  const rows = await outbox(api.database, user.id);
  const row = rows[0];
  expect(rows.length).toBe(1);
  if (row === undefined) return;
  expect(row).toMatchObject({
    shard: partitionOf(user.id, topics.taskEvents.partitions),
    key: user.id,
    event_type: "CREATED",
    schema_version: 1,
    headers: { event_type: "CREATED", correlation_id: "shop-42", traceparent },
  });
  const event = readEvent(row.payload);
  expect({ ...event, payload: JSON.parse(event.payload ?? "") as unknown }).toEqual({
    event_id: row.event_id,
    event_type: "CREATED",
    task_id: task.id,
    user_id: user.id,
    timestamp: Date.parse(task.created_at),
    payload: task,
    metadata: { correlation_id: "shop-42", version: "1" },
  });
});

test("when a body arrives late, its event has the correlation of its own request and not of the previous one on the connection", async () => {
  const user = await createUser(api);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  for (const id of ["first", "second"]) {
    const sent = request(`${api.url}/v1/tasks`, {
      agent,
      method: "POST",
      headers: {
        authorization: `Bearer ${user.token}`,
        "content-type": "application/json",
        "x-correlation-id": id,
        // The server answers "continue" when it has handled the headers, so the body comes after them for certain.
        expect: "100-continue",
      },
    });
    sent.flushHeaders();
    await once(sent, "continue");
    sent.write('{"title":');
    sent.end('"late"}');
    const [response] = (await once(sent, "response")) as [IncomingMessage];
    response.resume();
    await once(response, "end");
    expect(response.statusCode).toBe(201);
  }
  agent.destroy();
  const rows = await outbox(api.database, user.id);
  expect(rows.map(({ headers }) => headers.correlation_id)).toEqual(["first", "second"]);
});

test("an update raises the version, keeps the other fields and writes one event", async () => {
  const user = await createUser(api);
  const task = await user.create("Buy milk");
  const answer = await user.patch(task, { description: "two litres" });
  const updated = answer.body as TaskBody;
  expect([answer.status, answer.headers.get("etag")]).toEqual([200, '"2"']);
  expect(updated).toEqual({ ...task, description: "two litres", version: 2, updated_at: updated.updated_at });
  expect(await eventTypesOf(user.id)).toEqual(["CREATED", "UPDATED"]);
});

test("an update that changes nothing keeps the version and writes no event", async () => {
  const user = await createUser(api);
  const task = await user.create("Buy milk");
  const answer = await user.patch(task, { title: "Buy milk", completed: false });
  expect([answer.status, answer.body]).toEqual([200, task]);
  expect(await eventTypesOf(user.id)).toEqual(["CREATED"]);
});

test("completing a task writes one COMPLETED event, also when the title changes too, and reopening it writes UPDATED", async () => {
  const user = await createUser(api);
  const task = await user.create("Buy milk");
  const completed = await user.patch(task, { completed: true, title: "Bought milk" });
  const reopened = await user.patch(completed.body as TaskBody, { completed: false });
  expect((reopened.body as TaskBody).version).toBe(3);
  expect(await eventTypesOf(user.id)).toEqual(["CREATED", "COMPLETED", "UPDATED"]);
});

test("a deleted task is gone, and its event carries the last state", async () => {
  const user = await createUser(api);
  const task = await user.create("Buy milk");
  const headers = { "if-match": '"1"' };
  const answer = await user.call(`/v1/tasks/${task.id}`, { method: "DELETE", headers });
  expect([answer.status, answer.body]).toEqual([204, undefined]);
  expect((await user.call(`/v1/tasks/${task.id}`)).status).toBe(404);
  const rows = await outbox(api.database, user.id);
  expect(rows.map((row) => row.event_type)).toEqual(["CREATED", "DELETED"]);
  const last = rows[1];
  if (last === undefined) return;
  expect(JSON.parse(readEvent(last.payload).payload ?? "")).toMatchObject({
    id: task.id,
    title: "Buy milk",
    version: 2,
  });
});

test("a request with a stale version changes nothing, and its answer has the current version", async () => {
  const user = await createUser(api);
  const task = await user.create("Buy milk");
  await user.patch(task, { title: "Buy bread" });
  const update = await user.patch(task, { title: "Buy beer" });
  const removal = await user.call(`/v1/tasks/${task.id}`, {
    method: "DELETE",
    headers: { "if-match": '"1"' },
  });
  expect([update, removal].map(({ status, headers }) => [status, headers.get("etag")])).toEqual([
    [412, '"2"'],
    [412, '"2"'],
  ]);
  expect(update.body).toMatchObject({ code: "version-conflict" });
  expect(((await user.call(`/v1/tasks/${task.id}`)).body as TaskBody).title).toBe("Buy bread");
  expect(await eventTypesOf(user.id)).toEqual(["CREATED", "UPDATED"]);
});

test.each([
  [undefined, 428, "if-match-required"],
  ["*", 400, "invalid-if-match"],
  ["1", 400, "invalid-if-match"],
  ['"1", "2"', 400, "invalid-if-match"],
  ['"one"', 400, "invalid-if-match"],
  ['"99999999999999999999"', 400, "invalid-if-match"],
  ['W/"1"', 412, "version-conflict"],
])("If-Match %s on a change is refused with %i", async (ifMatch, status, code) => {
  const user = await createUser(api);
  const task = await user.create("Buy milk");
  const headers: Record<string, string> = ifMatch === undefined ? {} : { "if-match": ifMatch };
  const path = `/v1/tasks/${task.id}`;
  const update = await user.call(path, { method: "PATCH", body: { title: "x" }, headers });
  const removal = await user.call(path, { method: "DELETE", headers });
  expect([update.status, removal.status]).toEqual([status, status]);
  expect([update.body, removal.body]).toMatchObject([{ code }, { code }]);
});

test("a caller that already has the version gets 304 without a body", async () => {
  const user = await createUser(api);
  const task = await user.create("Buy milk");
  const headers = { "if-none-match": '"7", W/"1"' };
  const same = await user.call(`/v1/tasks/${task.id}`, { headers });
  const other = await user.call(`/v1/tasks/${task.id}`, { headers: { "if-none-match": '"2"' } });
  expect([same.status, same.body, other.status]).toEqual([304, undefined, 200]);
});

test("the recorded activity of a task is listed newest first, also after the task was deleted", async () => {
  const user = await createUser(api);
  const task = await user.create("Buy milk");
  const path = `/v1/tasks/${task.id}/activity`;
  expect((await user.call(path)).body).toEqual({ activity: [] });
  for (const type of ["CREATED", "DELETED"]) {
    await query(
      api.database,
      `insert into task_activity (user_id, task_id, event_id, event_type, occurred_at)
       values ($1, $2, gen_random_uuid(), $3, now())`,
      [user.id, task.id, type],
    );
  }
  await user.call(`/v1/tasks/${task.id}`, { method: "DELETE", headers: { "if-match": '"1"' } });
  const { status, body } = await user.call(path);
  const { activity } = body as { activity: { event_type: string }[] };
  expect([status, activity.map((entry) => entry.event_type)]).toEqual([200, ["DELETED", "CREATED"]]);
  const stranger = await createUser(api);
  expect((await stranger.call(path)).status).toBe(404);
});
