import { Client, credentials, Metadata } from "@grpc/grpc-js";
import { createLogger } from "@task-platform/runtime/logging";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { eventually, query } from "../../../tests/support/back-ends.ts";
import { type Api, createUser, outbox, startApi, startApiForTest } from "./support.ts";
import {
  connectGrpc,
  createGrpcUser,
  grpcUser,
  healthMethod,
  tasksMethod,
  unaryCall,
} from "./support-grpc.ts";
import { lockUser, waitingForTurn } from "./support-locks.ts";

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

test("a task that changes between the read and the write of an update is not overwritten: ABORTED", async () => {
  const user = await createGrpcUser(api);
  for (const [method, request] of [
    ["UpdateTask", { title: "mine" }],
    ["DeleteTask", {}],
  ] as const) {
    const { id } = await user.task("CreateTask", { title: "first" });
    const holder = await lockUser(api.database, user.id);
    const late = user.call(method, { id, ...request });
    await waitingForTurn(api);
    await holder.query("update tasks set title = 'theirs', version = 2 where id = $1", [id]);
    await holder.query("commit");
    const { code, trailers } = await late;
    expect([code, trailers.get("problem-code")]).toEqual(["ABORTED", ["version-conflict"]]);
    expect(await user.task("GetTask", { id })).toMatchObject({ title: "theirs" });
  }
});

test("if-match accepts the etag of an answer, and a stale one is ABORTED", async () => {
  const user = await createGrpcUser(api);
  const created = await user.call("CreateTask", { title: "x" });
  const { id } = created.message as { id: string };
  expect(created.headers.get("etag")).toEqual(['"1"']);
  const change = (title: string, ifMatch: string) =>
    user.call("UpdateTask", { id, title }, { metadata: { "if-match": ifMatch } });
  expect((await change("y", '"1"')).headers.get("etag")).toEqual(['"2"']);
  const stale = await change("z", '"1"');
  expect([stale.code, stale.trailers.get("etag")]).toEqual(["ABORTED", ['"2"']]);
  expect((await change("z", "*")).code).toBe("INVALID_ARGUMENT");
  const deletion = await user.call("DeleteTask", { id }, { metadata: { "if-match": '"1"' } });
  expect(deletion.code).toBe("ABORTED");
  expect((await user.call("GetTask", { id })).headers.get("etag")).toEqual(['"2"']);
});

test("a key makes a create run once, and another body with the key is FAILED_PRECONDITION", async () => {
  const user = await createGrpcUser(api);
  const create = (title: string, key = "k-1") =>
    user.call("CreateTask", { title }, { metadata: { "idempotency-key": key } });
  const [first, second] = [await create("x"), await create("x")];
  expect(second.message).toEqual(first.message);
  const replayed = [first, second].map(({ headers }) => headers.get("idempotency-replayed"));
  expect(replayed).toEqual([[], ["true"]]);
  expect((await create("y")).code).toBe("FAILED_PRECONDITION");
  expect((await create("x", "a,b")).code).toBe("INVALID_ARGUMENT");
  expect((await outbox(api.database, user.id)).length).toBe(1);
});

test("gRPC calls and REST requests of a subject share one limit, and a call above it is RESOURCE_EXHAUSTED", async () => {
  const api = await startApiForTest({ RATE_LIMIT_PER_MINUTE: "3" });
  const attempt = async (): Promise<boolean> => {
    const rest = await createUser(api);
    const user = grpcUser(connectGrpc(api), rest.token);
    const admitted = [(await rest.call("/v1/tasks")).status, (await user.call("ListTasks")).code];
    expect([...admitted, (await rest.call("/v1/tasks")).status]).toEqual([200, "OK", 200]);
    const { code, trailers } = await user.call("ListTasks");
    if (code === "OK") return false;
    expect([code, trailers.get("problem-code")]).toEqual(["RESOURCE_EXHAUSTED", ["rate-limited"]]);
    expect(Number(trailers.get("retry-after")[0])).toBeGreaterThan(0);
    expect((await user.watch().ended).code).toBe("RESOURCE_EXHAUSTED");
    expect((await rest.call("/v1/tasks")).status).toBe(429);
    return true;
  };
  // When the counter switches between this process and Redis, the count starts again, so the attempt is repeated.
  await eventually(attempt, "the fourth request in a minute to be refused");
  expect((await (await createGrpcUser(api)).call("ListTasks")).code).toBe("OK");
});

test("a call that exceeds its deadline is DEADLINE_EXCEEDED, and its change is rolled back", async () => {
  const api = await startApiForTest();
  const user = await createGrpcUser(api);
  const holder = await lockUser(api.database, user.id);
  // Long enough that the call waits for its turn before its deadline, and below the time after which it is refused.
  const late = user.call("CreateTask", { title: "late" }, { deadline: Date.now() + 2_500 });
  await waitingForTurn(api);
  expect((await late).code).toBe("DEADLINE_EXCEEDED");
  const metrics = async (): Promise<string[]> =>
    (await (await fetch(`${api.adminUrl}/metrics`)).text()).split("\n");
  const labels = 'method="POST",route="/tasks.v1.TaskService/CreateTask",status="504",service="task-api"';
  // The caller's clock may be ahead by a moment, in which the server would still make the change.
  await eventually(
    async () => (await metrics()).includes(`http_requests_total{${labels}} 1`),
    "the server to give the call up",
  );
  await holder.query("commit");
  await user.task("CreateTask", { title: "in time" });
  const { rows } = await query(api.database, "select title from tasks");
  expect(rows).toEqual([{ title: "in time" }]);
  expect(await metrics()).toContain('http_requests_active{service="task-api"} 0');
});

test("a message above 256 KiB is refused, and the connection stays open", async () => {
  const user = await createGrpcUser(api);
  const { code } = await user.call("CreateTask", { title: "x", description: "x".repeat(262_144) });
  expect(code).toBe("RESOURCE_EXHAUSTED");
  expect((await user.call("ListTasks")).code).toBe("OK");
});

test("a method that does not exist is UNIMPLEMENTED, and there is no reflection", async () => {
  const client = connectGrpc(api);
  for (const path of [
    "/tasks.v1.TaskService/DropTasks",
    "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
  ]) {
    const { code } = await unaryCall(client, { ...tasksMethod("GetTask"), path }, {}, new Metadata());
    expect([path, code]).toEqual([path, "UNIMPLEMENTED"]);
  }
});

test("a call writes one log line and one count under the agreed names, with the correlation of the caller", async () => {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  const api = await startApiForTest(
    {},
    { logger: createLogger({ service: "task-api", level: "info" }, destination) },
  );
  const user = await createGrpcUser(api);
  const metadata = { "x-correlation-id": "shop-42" };
  const answer = await user.call("CreateTask", { title: "a private title" }, { metadata });
  expect(answer.headers.get("x-correlation-id")).toEqual(["shop-42"]);
  const refusal = await user.call("GetTask", { id: "7" }, { metadata });
  expect(refusal.trailers.get("x-correlation-id")).toEqual(["shop-42"]);
  const unusable = await user.call("GetTask", { id: "7" }, { metadata: { "x-correlation-id": "a b" } });
  expect(unusable.trailers.get("x-correlation-id")[0]).toMatch(/^[0-9a-f-]{36}$/);
  const [event] = await outbox(api.database, user.id);
  expect(event?.headers.correlation_id).toBe("shop-42");

  const mine = lines
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter((line) => line.correlation_id === "shop-42" && line.logger === "grpc");
  expect(mine).toMatchObject([
    { message: "call answered", route: "/tasks.v1.TaskService/CreateTask", code: "OK" },
    { message: "call answered", route: "/tasks.v1.TaskService/GetTask", code: "INVALID_ARGUMENT" },
  ]);
  for (const secret of [user.id, "a private title"]) expect(lines.join("")).not.toContain(secret);
  const metrics = await (await fetch(`${api.adminUrl}/metrics`)).text();
  const service = 'service="task-api"';
  expect(metrics.split("\n")).toEqual(
    expect.arrayContaining([
      `http_requests_total{method="POST",route="/tasks.v1.TaskService/CreateTask",status="200",${service}} 1`,
      `http_requests_total{method="POST",route="/tasks.v1.TaskService/GetTask",status="400",${service}} 2`,
      `tasks_created_total{${service}} 1`,
    ]),
  );
});

test("a failure of the service is INTERNAL, and its details do not show the cause", async () => {
  const api = await startApiForTest();
  const user = await createGrpcUser(api);
  await query(api.database, "alter table tasks rename to gone");
  const { code, details, trailers } = await user.call("ListTasks");
  expect([code, details, trailers.get("problem-code")]).toEqual([
    "INTERNAL",
    "the service failed; it has been recorded under the correlation id",
    ["internal"],
  ]);
});

test("without the database, calls are UNAVAILABLE and health is NOT_SERVING", async () => {
  const api = await startApiForTest({ DATABASE_PORT: "1" });
  const user = await createGrpcUser(api);
  for (const [method, request] of [
    ["CreateTask", { title: "x" }],
    ["ListTasks", {}],
  ] as const) {
    const { code, details } = await user.call(method, request);
    expect([code, details]).toEqual(["UNAVAILABLE", "the service cannot reach its data now"]);
  }
  expect((await user.watch().ended).code).toBe("UNAVAILABLE");
  const { message } = await unaryCall(connectGrpc(api), healthMethod("Check"), {}, new Metadata());
  expect(message).toEqual({ status: "NOT_SERVING" });
});

test("a caller with another protocol than gRPC ends only its own connection", async () => {
  await expect(fetch(`http://${api.grpcAddress}/`)).rejects.toThrow();
  const client = new Client(api.grpcAddress, credentials.createInsecure());
  onTestFinished(() => client.close());
  const { code } = await unaryCall(client, tasksMethod("ListTasks"), {}, new Metadata());
  expect(code).toBe("UNAUTHENTICATED");
});
