import { afterAll, beforeAll, expect, test } from "vitest";
import { type Api, createUser, outbox, startApi } from "./support.ts";
import {
  connectGrpc,
  createGrpcUser,
  type GrpcTask,
  type GrpcUser,
  grpcUser,
  taskMethods,
} from "./support-grpc.ts";

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const unknownId = "00000000-0000-4000-8000-000000000000";

test("a task can be created, read, changed and deleted, each change writes its event, and REST sees the same task", async () => {
  const user = await createGrpcUser(api);
  const created = await user.task("CreateTask", { user_id: user.id, title: "buy milk", description: "2 l" });
  expect(created).toMatchObject({
    id: expect.stringMatching(uuid),
    user_id: user.id,
    title: "buy milk",
    description: "2 l",
    completed: false,
    created_at: created.updated_at,
  });
  expect(Math.abs(Number(created.created_at?.seconds) * 1000 - Date.now())).toBeLessThan(60_000);
  expect(await user.task("GetTask", { id: created.id })).toEqual(created);

  const updated = await user.task("UpdateTask", { id: created.id, title: "buy bread" });
  expect(updated).toMatchObject({ title: "buy bread", description: "2 l", completed: false });
  const completed = await user.task("UpdateTask", { id: created.id, completed: true, description: "" });
  expect(completed).toMatchObject({ title: "buy bread", description: "", completed: true });
  const again = await createUser(api, { sub: user.id });
  expect((await again.call(`/v1/tasks/${created.id}`)).body).toMatchObject({ version: 3, completed: true });

  expect((await user.call("DeleteTask", { id: created.id })).message).toEqual({});
  expect((await user.call("GetTask", { id: created.id })).code).toBe("NOT_FOUND");
  const events = await outbox(api.database, user.id);
  expect(events.map(({ event_type }) => event_type)).toEqual(["CREATED", "UPDATED", "COMPLETED", "DELETED"]);
});

test("a list is paged, filtered and counted", async () => {
  const user = await createGrpcUser(api);
  const made: GrpcTask[] = [];
  for (const title of ["1", "2", "3", "4", "5"]) made.push(await user.task("CreateTask", { title }));
  for (const task of made.slice(0, 2)) await user.task("UpdateTask", { id: task.id, completed: true });
  const titles = async (request: object) => {
    const { message } = await user.call("ListTasks", request);
    const { tasks, next_page_token, total_count } = message as {
      tasks: GrpcTask[];
      next_page_token: string;
      total_count: number;
    };
    return { titles: tasks.map(({ title }) => title), token: next_page_token, total: total_count };
  };
  expect(await titles({})).toEqual({ titles: ["5", "4", "3", "2", "1"], token: "", total: 5 });
  const first = await titles({ page_size: 2, filter: {} });
  expect(first).toEqual({ titles: ["5", "4"], token: expect.stringMatching(/^.+$/), total: 5 });
  const second = await titles({ page_size: 2, page_token: first.token });
  expect(second.titles).toEqual(["3", "2"]);
  expect(await titles({ page_size: 2, page_token: second.token })).toEqual({
    titles: ["1"],
    token: "",
    total: 5,
  });
  expect(await titles({ filter: { completed: true } })).toMatchObject({ titles: ["2", "1"], total: 2 });
  expect(await titles({ filter: { completed: false } })).toMatchObject({ titles: ["5", "4", "3"], total: 3 });
  const foreign = await user.call("ListTasks", { page_token: first.token, filter: { completed: true } });
  expect([foreign.code, foreign.details]).toEqual([
    "INVALID_ARGUMENT",
    expect.stringContaining("page_token must be"),
  ]);
});

test("an invalid message is refused with every error, under the names of the proto", async () => {
  const user = await createGrpcUser(api);
  const { id } = await user.task("CreateTask", { title: "x" });
  const refusals: [string, object, string[]][] = [
    ["CreateTask", {}, ["title "]],
    ["CreateTask", { title: " ", description: "\0" }, ["title ", "description "]],
    ["CreateTask", { title: "x".repeat(201) }, ["title "]],
    ["GetTask", { id: "7" }, ["id "]],
    ["GetTask", {}, ["id "]],
    ["ListTasks", { page_size: 101 }, ["page_size "]],
    ["ListTasks", { page_size: -1 }, ["page_size "]],
    ["ListTasks", { page_token: "not one" }, ["page_token "]],
    ["UpdateTask", { id }, ["the message "]],
    ["UpdateTask", { id: "7", title: "y" }, ["id "]],
    ["UpdateTask", { id, title: "" }, ["title "]],
    ["DeleteTask", { id: "7" }, ["id "]],
  ];
  for (const [method, request, places] of refusals) {
    const { code, details, trailers } = await user.call(method, request);
    expect([method, request, code]).toEqual([method, request, "INVALID_ARGUMENT"]);
    for (const place of places) expect(details).toContain(place);
    expect(trailers.get("problem-code")[0]).toMatch(/^invalid-(request|page-token)$/);
  }
  expect(await user.task("GetTask", { id })).toMatchObject({ title: "x" });
});

test("every method answers for the task of another user as for a task that does not exist", async () => {
  const [owner, other] = [await createGrpcUser(api), await createGrpcUser(api)];
  const { id } = await owner.task("CreateTask", { title: "mine" });
  for (const [method, more] of [
    ["GetTask", {}],
    ["UpdateTask", { title: "yours" }],
    ["DeleteTask", {}],
  ] as const) {
    const foreign = await other.call(method, { id, ...more });
    const unknown = await other.call(method, { id: unknownId, ...more });
    expect([foreign.code, foreign.details]).toEqual(["NOT_FOUND", "no task of yours has this id"]);
    expect([unknown.code, unknown.details]).toEqual([foreign.code, foreign.details]);
  }
  const versioned = await other.call("UpdateTask", { id, title: "x" }, { metadata: { "if-match": '"1"' } });
  expect(versioned.code).toBe("NOT_FOUND");
  expect((await other.call("ListTasks")).message).toMatchObject({ tasks: [], total_count: 0 });
  expect(await owner.task("GetTask", { id })).toMatchObject({ title: "mine" });
});

test("every method requires a token with its scope, and a message that names no other user", async () => {
  const [reader, writer] = [
    await createGrpcUser(api, { scope: "tasks:read" }),
    await createGrpcUser(api, { scope: "tasks:write" }),
  ];
  const [anonymous, forger] = [
    grpcUser(connectGrpc(api), undefined),
    grpcUser(connectGrpc(api), "eyJhbGciOiJub25lIn0.e30."),
  ];
  const id = unknownId;
  const methods: [string, object, GrpcUser][] = [
    ["CreateTask", { title: "x" }, reader],
    ["UpdateTask", { id, title: "x" }, reader],
    ["DeleteTask", { id }, reader],
    ["GetTask", { id }, writer],
    ["ListTasks", {}, writer],
  ];
  expect([...methods.map(([name]) => name), "WatchTasks"].toSorted()).toEqual(taskMethods);
  for (const [method, request, lacking] of methods) {
    const codes = [anonymous, forger, lacking].map(async (user) => (await user.call(method, request)).code);
    expect([method, ...(await Promise.all(codes))]).toEqual([
      method,
      "UNAUTHENTICATED",
      "UNAUTHENTICATED",
      "PERMISSION_DENIED",
    ]);
  }
  const watches = [anonymous, forger, writer].map(async (user) => (await user.watch().ended).code);
  expect(await Promise.all(watches)).toEqual(["UNAUTHENTICATED", "UNAUTHENTICATED", "PERMISSION_DENIED"]);

  const user = await createGrpcUser(api);
  const foreign = { user_id: "somebody-else" };
  expect((await user.call("CreateTask", { title: "x", ...foreign })).code).toBe("PERMISSION_DENIED");
  expect((await user.call("ListTasks", foreign)).code).toBe("PERMISSION_DENIED");
  expect((await user.watch(foreign).ended).code).toBe("PERMISSION_DENIED");
  expect((await user.call("ListTasks", { user_id: user.id })).code).toBe("OK");
});
