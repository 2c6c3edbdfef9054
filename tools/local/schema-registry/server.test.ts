import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { LoopbackServer } from "../processes/index.ts";
import { startSchemaRegistry } from "./index.ts";

// Only what the contract test does not check: it runs the common calls against this schema registry and Apicurio.

let registry: LoopbackServer;
let subject: string;
let count = 0;

beforeAll(async () => {
  registry = await startSchemaRegistry();
});
afterAll(() => registry.stop());
beforeEach(async () => {
  count += 1;
  subject = `subject-${count}`;
  await call("PUT", "/config", { compatibility: "BACKWARD" });
});

async function call(
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${registry.url}${path}`, {
    method,
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  return { status: response.status, body: await response.json() };
}

const record = (name: string, ...fields: readonly object[]): { schema: string } => ({
  schema: JSON.stringify({ type: "record", name, fields }),
});
const text = { name: "text", type: "string" };
const added = { name: "added", type: "string" };
const register = (schema: { schema: string }, under = subject) =>
  call("POST", `/subjects/${under}/versions`, schema);

test("a schema with other white space keeps its id and adds no version", async () => {
  const first = await register(record("Again", text));
  const spaced = JSON.stringify(JSON.parse(record("Again", text).schema), undefined, 4);
  expect(await register({ schema: spaced })).toEqual(first);
  expect((await call("GET", `/subjects/${subject}/versions`)).body).toEqual([1]);
});

test("with the compatibility level NONE every schema is accepted", async () => {
  expect(await call("PUT", "/config", { compatibility: "NONE" })).toEqual({
    status: 200,
    body: { compatibility: "NONE" },
  });
  expect((await call("GET", "/config")).body).toEqual({ compatibilityLevel: "NONE" });
  await register(record("Free", text));
  expect((await register(record("Free", text, added))).status).toBe(200);
});

test("a subject may have a slash and a space in its name", async () => {
  const odd = "orders/of the day-value";
  await register(record("Odd", text), encodeURIComponent(odd));
  expect((await call("GET", "/subjects")).body).toContain(odd);
});

test.each([
  ["an id that is no number", "GET", "/schemas/ids/x", undefined, 404, 40403],
  ["an unknown path", "GET", "/mode", undefined, 404, 404],
  ["a path with a broken encoding", "GET", "/subjects/%/versions", undefined, 400, 400],
  ["a body that is not JSON", "POST", "/subjects/a/versions", "{", 400, 400],
  ["a body without a schema", "POST", "/subjects/a/versions", {}, 422, 42201],
  [
    "a schema of another kind",
    "POST",
    "/subjects/a/versions",
    { schema: "{}", schemaType: "JSON" },
    422,
    42201,
  ],
  ["an unknown level", "PUT", "/config", { compatibility: "FULL" }, 422, 42203],
])("%s is refused with the code of the Confluent API", async (_what, method, path, body, status, code) => {
  expect(await call(method, path, body)).toMatchObject({ status, body: { error_code: code } });
});

test("a malformed version is refused, and a missing one is not found", async () => {
  await register(record("Versions", text));
  const of = (version: string) => call("GET", `/subjects/${subject}/versions/${version}`);
  expect(await of("0")).toMatchObject({ status: 422, body: { error_code: 42202 } });
  expect(await of("two")).toMatchObject({ status: 422, body: { error_code: 42202 } });
  expect(await of("2")).toMatchObject({ status: 404, body: { error_code: 40402 } });
});

test("a body above one megabyte is refused", async () => {
  expect(await register({ schema: `"${"x".repeat(1_100_000)}"` })).toMatchObject({ status: 413 });
});
