import { generateKeyPair, SignJWT } from "jose";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { eventually, fetchJson } from "../../../tests/support/back-ends.ts";
import {
  type Api,
  createIssuer,
  createUser,
  type ProblemBody,
  startApi,
  startApiForTest,
} from "./support.ts";
import { connectGrpc, grpcUser } from "./support-grpc.ts";

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const nowSeconds = (): number => Math.floor(Date.now() / 1000);

async function listWith(token: string) {
  const { status, body, headers } = await fetchJson(`${api.url}/v1/tasks`, { token });
  return { status, code: (body as ProblemBody).code, challenge: headers.get("www-authenticate") };
}

const refused = { status: 401, code: "unauthenticated", challenge: 'Bearer error="invalid_token"' };

test.each<[string, Record<string, unknown>]>([
  ["from another issuer", { iss: "https://elsewhere.example/" }],
  ["for another audience", { aud: "billing" }],
  ["that has expired", { exp: nowSeconds() - 60 }],
  ["that is not valid yet", { nbf: nowSeconds() + 60 }],
  ["without an expiry", { exp: undefined }],
  ["without a subject", { sub: undefined }],
  ["with an empty subject", { sub: "" }],
  ["with a subject that is too long", { sub: "x".repeat(256) }],
  ["with control characters in the subject", { sub: "a\u0000b" }],
  ["with a number as the subject", { sub: 5 }],
  ["with an object as the subject", { sub: { id: "user" } }],
  ["with a list as the subject", { sub: ["user"] }],
  ["with a truth value as the subject", { sub: true }],
  ["with null as the subject", { sub: null }],
  ["with an expiry that is no date", { exp: 1e300 }],
  ["that is an id token", { token_use: "id" }],
])("a token %s is refused", async (_, claims) => {
  expect(await listWith(await api.issuer.sign({ sub: "user", ...claims }))).toEqual(refused);
});

test("a subject that is no text ends its gRPC call only", async () => {
  const client = connectGrpc(api);
  for (const sub of [5, { id: "user" }, ["user"], null]) {
    const caller = grpcUser(client, await api.issuer.sign({ sub: sub as never }));
    expect((await caller.call("ListTasks")).code).toBe("UNAUTHENTICATED");
    expect((await caller.watch().ended).code).toBe("UNAUTHENTICATED");
  }
  expect((await grpcUser(client, await api.issuer.sign({ sub: "user" })).call("ListTasks")).code).toBe("OK");
});

test("a key that the issuer adds works soon, although an unknown key id was refused a moment before", async () => {
  const next = await createIssuer();
  onTestFinished(() => next.close());
  const own = await startApiForTest({ AUTH_JWKS_URL: next.jwksUrl, AUTH_ISSUER: next.url });
  const statusOf = async (token: string): Promise<number> =>
    (await fetchJson(`${own.url}/v1/tasks`, { token })).status;
  expect(await statusOf(await next.sign({ sub: "user" }))).toBe(200);
  const rotated = await next.rotate();
  const token = await next.sign({ sub: "user" });
  expect(rotated).not.toBe("key-1");
  await eventually(async () => (await statusOf(token)) === 200, "the new key to work", 15_000);
});

test("a token with another type than an access token is refused", async () => {
  expect(await listWith(await api.issuer.sign({ sub: "user" }, { typ: "logout+jwt" }))).toEqual(refused);
  expect(await listWith(await api.issuer.sign({ sub: "user" }, { typ: 5 as never }))).toEqual(refused);
  expect((await listWith(await api.issuer.sign({ sub: "user" }, { typ: "at+jwt" }))).status).toBe(200);
});

test("a token with an unknown key, a shared secret, no algorithm or a changed body is refused", async () => {
  const claims = { iss: api.issuer.url, aud: "task-api", sub: "user", exp: nowSeconds() + 60 };
  const { privateKey } = await generateKeyPair("ES256");
  const good = await api.issuer.sign({ sub: "user" });
  const [header, , signature] = good.split(".");
  const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const tokens = [
    await new SignJWT(claims).setProtectedHeader({ alg: "ES256", kid: "key-1" }).sign(privateKey),
    await new SignJWT(claims).setProtectedHeader({ alg: "ES256", kid: "key-2" }).sign(privateKey),
    await new SignJWT(claims).setProtectedHeader({ alg: "HS256", kid: "key-1" }).sign(Buffer.alloc(32)),
    `${encode({ alg: "none" })}.${encode(claims)}.`,
    `${header}.${encode({ ...claims, sub: "admin" })}.${signature}`,
    "not.a.token",
    "x",
  ];
  for (const token of tokens) expect(await listWith(token)).toEqual(refused);
});

test("a request without a token is refused at every address, known or unknown", async () => {
  for (const path of ["/v1/tasks", "/v1/tasks/1", "/nowhere"]) {
    const { status, body } = await fetchJson(`${api.url}${path}`);
    expect([status, (body as ProblemBody).code]).toEqual([401, "unauthenticated"]);
  }
  const basic = await fetchJson(`${api.url}/v1/tasks`, { headers: { authorization: "Basic dXNlcjpwYXNz" } });
  expect(basic.status).toBe(401);
});

const id = "0d3f7a52-6c7b-4a4e-9a55-8a2f0e4ad001";
const routes = [
  { method: "GET", path: "/v1/tasks", scope: "tasks:read" },
  { method: "HEAD", path: "/v1/tasks", scope: "tasks:read" },
  { method: "POST", path: "/v1/tasks", scope: "tasks:write" },
  { method: "GET", path: `/v1/tasks/${id}`, scope: "tasks:read" },
  { method: "GET", path: `/v1/tasks/${id}/activity`, scope: "tasks:read" },
  { method: "GET", path: "/v1/statistics", scope: "tasks:read" },
  { method: "PATCH", path: `/v1/tasks/${id}`, scope: "tasks:write" },
  { method: "DELETE", path: `/v1/tasks/${id}`, scope: "tasks:write" },
];

test.each(routes)("$method $path requires the scope $scope", async ({ method, path, scope }) => {
  const statusWith = async (scopes: string | undefined): Promise<number> => {
    const token = await api.issuer.sign({ sub: "user", scope: scopes });
    return (await fetchJson(`${api.url}${path}`, { method, token })).status;
  };
  const other = scope === "tasks:read" ? "tasks:write" : "tasks:read";
  expect(await statusWith(other)).toBe(403);
  expect(await statusWith(undefined)).toBe(403);
  expect(await statusWith(`${scope}s admin`)).toBe(403);
  expect(await statusWith(`admin ${scope}`)).not.toBe(403);
});

test("a scope may have the audience as its prefix, as in Cognito, and no other prefix", async () => {
  const statusWith = async (scope: string): Promise<number> =>
    (await fetchJson(`${api.url}/v1/tasks`, { token: await api.issuer.sign({ sub: "user", scope }) })).status;
  expect(await statusWith("task-api/tasks:read")).toBe(200);
  expect(await statusWith("other-api/tasks:read")).toBe(403);
});

test("a refusal for a missing scope names the scope", async () => {
  const token = await api.issuer.sign({ sub: "user", scope: "tasks:read" });
  const answer = await fetchJson(`${api.url}/v1/tasks`, { method: "POST", token, body: { title: "x" } });
  expect([answer.status, answer.headers.get("www-authenticate")]).toEqual([
    403,
    'Bearer error="insufficient_scope", scope="tasks:write"',
  ]);
});

test("every operation answers for the task of another user as for a task that does not exist", async () => {
  const [owner, stranger] = [await createUser(api), await createUser(api)];
  const task = await owner.create("mine");
  const answersFor = (taskId: string) =>
    Promise.all(
      [
        stranger.call(`/v1/tasks/${taskId}`),
        stranger.call(`/v1/tasks/${taskId}/activity`),
        stranger.patch({ ...task, id: taskId }, { title: "theirs" }),
        stranger.call(`/v1/tasks/${taskId}`, { method: "DELETE", headers: { "if-match": '"1"' } }),
      ].map(async (answer) => {
        const { status, body } = await answer;
        return [status, { ...(body as ProblemBody), correlation_id: "" }];
      }),
    );
  const foreign = await answersFor(task.id);
  expect(foreign.map(([status]) => status)).toEqual([404, 404, 404, 404]);
  expect(foreign).toEqual(await answersFor(id));
  expect((await owner.call(`/v1/tasks/${task.id}`)).body).toEqual(task);
});

test("while the keys of the issuer cannot be fetched, requests are refused with 503 and Retry-After", async () => {
  const lonely = await startApiForTest();
  const token = await lonely.issuer.sign({ sub: "user" });
  await lonely.issuer.close();
  const { status, headers, body } = await fetchJson(`${lonely.url}/v1/tasks`, { token });
  expect([status, headers.get("retry-after"), (body as ProblemBody).code]).toEqual([503, "5", "unavailable"]);
});

test("refused tokens and scopes are counted as security events", async () => {
  const own = await startApiForTest();
  await fetchJson(`${own.url}/v1/tasks`, { token: "x" });
  await fetchJson(`${own.url}/v1/tasks`, { token: await own.issuer.sign({ sub: "user", scope: "" }) });
  const metrics = await (await fetch(`${own.adminUrl}/metrics`)).text();
  expect(metrics).toContain('security_events_total{event="authentication_failed",service="task-api"} 1');
  expect(metrics).toContain('security_events_total{event="authorization_denied",service="task-api"} 1');
});
