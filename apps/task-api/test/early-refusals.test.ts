import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { createLogger } from "@task-platform/runtime/logging";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Api, createUser, type ProblemBody, startApi, type TaskBody, type User } from "./support.ts";

const lines: string[] = [];
let api: Api;
let user: User;
beforeAll(async () => {
  const logger = createLogger(
    { service: "task-api", level: "info" },
    { write: (line) => void lines.push(line) },
  );
  api = await startApi({}, { logger });
  user = await createUser(api);
});
afterAll(() => api.stop());

/** Sends bytes on a connection of their own and reads until the server closes it. */
async function sendBytes(bytes: string | Buffer): Promise<string> {
  const socket = connect(Number(new URL(api.url).port), "127.0.0.1");
  socket.write(bytes);
  return text(socket);
}

/** Requests by status, without those that a hook knows. */
async function refusedWith(status: number): Promise<number> {
  const metrics = await (await fetch(`${api.adminUrl}/metrics`)).text();
  const found = metrics.split("\n").filter((line) => line.startsWith("http_requests_total"));
  return found
    .filter((line) => line.includes(`status="${status}"`))
    .reduce((sum, line) => sum + Number(line.split(" ").at(-1)), 0);
}

const long = "x".repeat(20_000);
const host = "host: x\r\n";

test.each([
  [
    "an address that cannot be decoded",
    `GET /v1/tasks/%zz HTTP/1.1\r\n${host}connection: close\r\n\r\n`,
    400,
  ],
  ["a missing Host", "GET /v1/tasks HTTP/1.1\r\nconnection: close\r\n\r\n", 400],
  [
    "an unknown expectation",
    `GET /v1/tasks HTTP/1.1\r\n${host}expect: tea\r\nconnection: close\r\n\r\n`,
    417,
  ],
  ["headers that are too large", `GET /v1/tasks HTTP/1.1\r\n${host}a: ${long}\r\n\r\n`, 431],
  ["a broken header", `GET /v1/tasks HTTP/1.1\r\n${host}a b: c\r\n\r\n`, 400],
  ["no HTTP", "hello\r\n\r\n", 400],
  ["the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400],
  ["a tunnel", `CONNECT example.com:443 HTTP/1.1\r\n${host}\r\n`, 400],
])(
  "%s is refused like every request: with a correlation id, headers, a log line and a metric",
  async (_, bytes, status) => {
    const before = await refusedWith(status);
    lines.length = 0;
    const answer = await sendBytes(bytes);
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    const [head = "", body = ""] = answer.split("\r\n\r\n");
    const headers = head.toLowerCase();
    expect(headers).toContain("content-type: application/problem+json");
    expect(headers).toContain("content-security-policy: default-src 'none'");
    expect(headers).toContain("cache-control: no-store");
    const id = /x-correlation-id: ([0-9a-f-]{36})/.exec(headers)?.[1];
    expect(JSON.parse(body)).toMatchObject({ status, correlation_id: id });
    expect(lines.filter((line) => line.includes(`"correlation_id":"${id}"`)).length).toBeGreaterThan(0);
    expect(await refusedWith(status)).toBe(before + 1);
  },
);

/** A request with exactly these headers, beside the token. */
async function send(method: string, path: string, headers: Record<string, string>, body?: Buffer | string) {
  const response = await fetch(`${api.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${user.token}`, ...headers },
    ...(body === undefined ? {} : { body }),
  });
  const answer = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    problem: JSON.parse(answer || "{}") as ProblemBody,
  };
}

const json = '{"title":"x"}';

test.each([
  ["compressed", { "content-type": "application/json", "content-encoding": "gzip" }],
  ["in another character set", { "content-type": "application/json; charset=latin1" }],
  ["in another character set, in quotes", { "content-type": 'application/json; charset="UTF-16"' }],
  ["of another type", { "content-type": "application/x-tasks" }],
])("a body %s is refused with 415", async (_, headers) => {
  const { status, problem } = await send("POST", "/v1/tasks", headers, json);
  expect([status, problem.code]).toEqual([415, "unsupported-media-type"]);
});

test("a compressed body is told which encodings are accepted, and one named as not compressed is read", async () => {
  const type = { "content-type": "application/json; charset=UTF-8" };
  const refused = await send("POST", "/v1/tasks", { ...type, "content-encoding": "br" }, json);
  expect(refused.headers.get("accept-encoding")).toBe("identity");
  expect((await send("POST", "/v1/tasks", { ...type, "content-encoding": "identity" }, json)).status).toBe(
    201,
  );
});

test("bytes that are no UTF-8 are refused and not replaced", async () => {
  const body = Buffer.concat([Buffer.from('{"title":"a'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')]);
  const { status, problem } = await send("POST", "/v1/tasks", { "content-type": "application/json" }, body);
  expect([status, problem.code, problem.detail]).toEqual([400, "malformed-json", "the body is not UTF-8"]);
});

test("a DELETE that names JSON and has no body is served", async () => {
  const task: TaskBody = await user.create("x");
  const headers = { "content-type": "application/json", "if-match": '"1"' };
  expect((await send("DELETE", `/v1/tasks/${task.id}`, headers)).status).toBe(204);
});
