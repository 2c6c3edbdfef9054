import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { query } from "../../../tests/support/back-ends.ts";
import { type Api, createUser, outbox, type ProblemBody, startApi, type User } from "./support.ts";

let api: Api;
let user: User;
beforeAll(async () => {
  api = await startApi();
  user = await createUser(api);
});
afterAll(() => api.stop());

interface RawRequest {
  readonly method?: string;
  readonly path?: string;
  readonly body?: string;
  readonly headers?: Record<string, string>;
}

/** A request whose body is sent as it is. */
async function send({ method = "POST", path = "/v1/tasks", body, headers }: RawRequest) {
  const response = await fetch(`${api.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${user.token}`, "content-type": "application/json", ...headers },
    ...(body === undefined ? {} : { body }),
  });
  const answer = await response.text();
  const problem = JSON.parse(answer === "" ? "{}" : answer) as ProblemBody;
  return { status: response.status, headers: response.headers, problem };
}

test("a refusal is problem+json with a stable type, a code and the correlation id", async () => {
  const traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
  const { status, headers, problem } = await send({
    body: "{}",
    headers: { "x-correlation-id": "shop-42", traceparent: `00-${traceId}-00f067aa0ba902b7-01` },
  });
  expect([status, headers.get("content-type")]).toEqual([400, "application/problem+json"]);
  expect(headers.get("x-correlation-id")).toBe("shop-42");
  expect(problem).toEqual({
    type: "urn:task-platform:problem:invalid-request",
    title: "The request is not valid",
    status: 400,
    detail: "the request does not fit its schema",
    code: "invalid-request",
    correlation_id: "shop-42",
    trace_id: traceId,
    errors: [{ pointer: "/title", detail: "is required" }],
  });
});

test("the answer lists every error of a body with its pointer", async () => {
  const { status, problem } = await send({
    body: JSON.stringify({ title: 7, description: null, "a/b": 1, x: 2 }),
  });
  expect(status).toBe(400);
  expect(problem.errors?.map(({ pointer }) => pointer).toSorted()).toEqual([
    "/a~1b",
    "/description",
    "/title",
    "/x",
  ]);
});

test("of a thousand unknown fields, the answer lists only the first 20", async () => {
  const body = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`field${index}`, 1]));
  const { status, problem } = await send({ body: JSON.stringify({ title: "x", ...body }) });
  expect([status, problem.errors?.length]).toEqual([400, 20]);
});

test.each([
  ["a number as title", '{"title": 7}'],
  ["an empty title", '{"title": ""}'],
  ["a title of white space", '{"title": " \\t "}'],
  ["a title that is too long", JSON.stringify({ title: "x".repeat(201) })],
  ["a title with NUL", '{"title": "a\\u0000b"}'],
  ["a title with half a surrogate pair", '{"title": "a\\ud800b"}'],
  ["a title that ends in half a surrogate pair", '{"title": "a\\ud83d"}'],
  ["a title of zero-width characters", '{"title": "\\u200b\\u200d\\ufeff\\u2060"}'],
  ["a title of marks of direction and selectors", '{"title": "\\u202e\\u2066\\ufe0f\\u00ad"}'],
  ["a title of fillers", '{"title": "\\u3164\\u115f\\u2800\\u00a0"}'],
  ["a title of control characters", '{"title": "\\u0001\\u007f\\u0085"}'],
  ["a description with half a surrogate pair", '{"title": "x", "description": "\\udc00"}'],
  ["a description that is too long", JSON.stringify({ title: "x", description: "x".repeat(4001) })],
  ["a description with NUL", '{"title": "x", "description": "\\u0000"}'],
  ["a completed flag on create", '{"title": "x", "completed": true}'],
  ["the id of another user", '{"title": "x", "user_id": "another"}'],
  ["a list", "[]"],
  ["null", "null"],
  ["a text", '"title"'],
])("%s is refused as an invalid request", async (_, body) => {
  expect(await send({ body })).toMatchObject({ status: 400, problem: { code: "invalid-request" } });
});

test.each([
  ["half an object", '{"title": "x"'],
  ["nothing", ""],
  ["plain text", "title=x"],
  ["a __proto__ key", '{"title": "x", "__proto__": {"completed": true}}'],
  ["an escaped __proto__ key", '{"title": "x", "\\u005f_proto__": {}}'],
  ["a constructor.prototype key", '{"title": "x", "constructor": {"prototype": {}}}'],
])("%s is refused as malformed JSON, and the answer does not show the body", async (_, body) => {
  const { status, problem } = await send({ body });
  expect([status, problem.code]).toEqual([400, "malformed-json"]);
  expect(["the body cannot be read as JSON", "the body is empty"]).toContain(problem.detail);
  expect(problem.correlation_id).toMatch(/^[0-9a-f-]{36}$/);
});

test("a refused text is told in words and not as a pattern", async () => {
  const { problem } = await send({ body: '{"title": "\\u200b"}' });
  expect(problem.errors).toEqual([
    {
      pointer: "/title",
      detail: "must be well-formed Unicode without NUL; a title needs a visible character",
    },
  ]);
});

test("text of every script is the same in answer, replay, row, list and event", async () => {
  const title = "\u200fשלום 👩‍👩‍👧 e\u0301 \ufeffक्‍ष\u{10ffff}\ue000";
  const headers = { "idempotency-key": "every-script" };
  const first = await user.call("/v1/tasks", {
    method: "POST",
    body: { title, description: title },
    headers,
  });
  const replay = await user.call("/v1/tasks", {
    method: "POST",
    body: { title, description: title },
    headers,
  });
  const { id } = first.body as { id: string };
  expect([first.status, replay.body]).toEqual([201, first.body]);
  expect(first.body).toMatchObject({ title, description: title });
  expect((await user.call(`/v1/tasks/${id}`)).body).toEqual(first.body);
  const rows = await query(api.database, "select title, description from tasks where id = $1", [id]);
  expect(rows.rows).toEqual([{ title, description: title }]);
  const [event] = (await outbox(api.database, user.id)).filter(({ payload }) => payload.includes(id));
  expect(event?.payload.includes(JSON.stringify(title))).toBe(true);
});

test("texts of the maximum length are accepted, counted in characters and not in bytes", async () => {
  const body = { title: "😀".repeat(200), description: "é".repeat(4000) };
  const created = await user.call("/v1/tasks", { method: "POST", body });
  expect([created.status, created.body]).toMatchObject([201, body]);
});

test("a body above 256 KiB is refused, with its length declared or not", async () => {
  const body = JSON.stringify({ title: "x", description: "x".repeat(262_144) });
  const declared = await send({ body });
  const streamed = await fetch(`${api.url}/v1/tasks`, {
    method: "POST",
    headers: { authorization: `Bearer ${user.token}`, "content-type": "application/json" },
    body: new Blob([body]).stream(),
    duplex: "half",
  } as RequestInit);
  expect([declared.status, declared.problem.code]).toEqual([413, "body-too-large"]);
  expect([streamed.status, await streamed.json()]).toMatchObject([413, { code: "body-too-large" }]);
});

test.each(["text/plain", "application/x-www-form-urlencoded", "application/xml", "nonsense"])(
  "a body of type %s is refused",
  async (type) => {
    expect(await send({ body: '{"title": "x"}', headers: { "content-type": type } })).toMatchObject({
      status: 415,
      problem: { code: "unsupported-media-type" },
    });
  },
);

test.each([
  ["PUT", "/v1/tasks", "GET, HEAD, POST"],
  ["DELETE", "/v1/tasks", "GET, HEAD, POST"],
  ["POST", "/v1/tasks/0d3f7a52-6c7b-4a4e-9a55-8a2f0e4ad001", "DELETE, GET, HEAD, PATCH"],
  ["POST", "/v1/tasks/0d3f7a52-6c7b-4a4e-9a55-8a2f0e4ad001/activity", "GET, HEAD"],
  ["OPTIONS", "/v1/tasks?limit=1", "GET, HEAD, POST"],
])("%s %s is refused with 405 and the allowed methods", async (method, path, allow) => {
  const { status, headers, problem } = await send({ method, path, headers: { "content-type": "" } });
  expect([status, problem.code, headers.get("allow")]).toEqual([405, "method-not-allowed", allow]);
});

test.each([
  "/",
  "/v1",
  "/v2/tasks",
  "/v1/tasks/x/y",
  "/metrics",
  "/livez",
  "/openapi.json",
  "/documentation",
])("nothing is served at %s of the public port", async (path) => {
  expect(await send({ method: "GET", path })).toMatchObject({ status: 404, problem: { code: "not-found" } });
});

test.each([
  ["a number", "1"],
  ["a word", "not-a-uuid"],
  ["a path", "..%2f..%2fetc"],
  ["NUL", "%00"],
  ["a long text", "x".repeat(5000)],
])("%s instead of an id is an invalid request", async (_, id) => {
  const { status, problem } = await send({ method: "GET", path: `/v1/tasks/${id}` });
  expect([status, problem.errors?.[0]?.pointer]).toEqual([400, "params: /id"]);
});

test("an address that cannot be decoded is an invalid request", async () => {
  const { status, problem } = await send({ method: "GET", path: "/v1/tasks/%zz" });
  expect([status, problem.code]).toEqual([400, "invalid-request"]);
});

test("an update without any field is refused", async () => {
  const task = await user.create("Buy milk");
  const answer = await user.patch(task, {});
  expect([answer.status, (answer.body as ProblemBody).code]).toEqual([400, "invalid-request"]);
});

test("a refused request leaves no task and no event", async () => {
  const clean = await createUser(api);
  const bodies: unknown[] = [{ title: 7 }, { title: "x", extra: 1 }, [], { title: "\u0000" }];
  for (const body of bodies) await clean.call("/v1/tasks", { method: "POST", body });
  expect((await clean.call("/v1/tasks")).body).toEqual({ tasks: [], next_page_token: null });
  expect(await outbox(api.database, clean.id)).toEqual([]);
});

test("a correlation id that could forge log lines is replaced", async () => {
  const { headers } = await send({ body: "{}", headers: { "x-correlation-id": "a b{}" } });
  expect(headers.get("x-correlation-id")).toMatch(/^[0-9a-f-]{36}$/);
});

test("every answer forbids caching and sniffing and does not name the server", async () => {
  for (const path of ["/v1/tasks", "/nowhere"]) {
    const { headers } = await send({ method: "GET", path });
    expect(Object.fromEntries(headers)).toMatchObject({
      "cache-control": "no-store",
      "strict-transport-security": "max-age=63072000; includeSubDomains",
      "x-content-type-options": "nosniff",
    });
    expect([
      headers.get("server"),
      headers.get("x-powered-by"),
      headers.get("access-control-allow-origin"),
    ]).toEqual([null, null, null]);
  }
});

test.each([
  [
    "two lengths that differ",
    "POST /v1/tasks HTTP/1.1\r\nhost: x\r\ncontent-length: 3\r\ncontent-length: 4\r\n\r\n",
  ],
  [
    "a length beside chunks",
    "POST /v1/tasks HTTP/1.1\r\nhost: x\r\ncontent-length: 3\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
  ],
  ["no HTTP at all", "hello\r\n\r\n"],
])("%s is answered with 400 and a closed connection", async (_, bytes) => {
  const socket = connect(Number(new URL(api.url).port), "127.0.0.1");
  socket.write(bytes);
  const answer = await text(socket);
  expect(answer).toMatch(/^HTTP\/1.1 400 Bad Request\r\n/);
  expect(answer).toContain("content-type: application/problem+json");
});
