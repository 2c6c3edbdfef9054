import { taskEventSchema } from "@task-platform/contracts";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type Registry, startRegistry } from "./index.ts";

let registry: Registry;
let subject: string;
let count = 0;

beforeAll(async () => {
  registry = await startRegistry();
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
const addedWithDefault = { ...added, default: "" };
const register = (schema: { schema: string }, under = subject) =>
  call("POST", `/subjects/${under}/versions`, schema);

test("the schema of the platform is registered, and read back by its id as it was given", async () => {
  const schema = taskEventSchema;
  const { status, body } = await register({ schema });
  expect(status).toBe(200);
  const { id } = body as { id: number };
  expect(await call("GET", `/schemas/ids/${id}`)).toEqual({ status: 200, body: { schema } });
});

test("a schema that is registered again keeps its id and adds no version, whatever its white space", async () => {
  const first = await register(record("Again", text));
  const spaced = JSON.stringify(JSON.parse(record("Again", text).schema), undefined, 4);
  expect(await register({ schema: spaced })).toEqual(first);
  expect((await call("GET", `/subjects/${subject}/versions`)).body).toEqual([1]);
});

test("one schema has one id under all subjects, and two schemas have two", async () => {
  const first = await register(record("Shared", text));
  expect(await register(record("Shared", text), `${subject}-other`)).toEqual(first);
  expect((await register(record("Shared", text, addedWithDefault))).body).not.toEqual(first.body);
});

test("a new version that reads what the last one wrote is taken, and becomes the latest", async () => {
  await register(record("Grows", text));
  const { body } = await register(record("Grows", text, addedWithDefault));
  expect((await call("GET", `/subjects/${subject}/versions/latest`)).body).toEqual({
    subject,
    version: 2,
    ...(body as { id: number }),
    ...record("Grows", text, addedWithDefault),
  });
  expect((await call("GET", `/subjects/${subject}/versions/1`)).body).toMatchObject({ version: 1 });
  expect((await call("GET", `/subjects/${subject}/versions`)).body).toEqual([1, 2]);
});

test.each([
  { change: "a field without default is added", schema: record("Breaks", text, added) },
  {
    change: "a field changes to a type that cannot hold it",
    schema: record("Breaks", { name: "text", type: "int" }),
  },
])("a new version is refused when $change", async ({ schema }) => {
  await register(record("Breaks", text));
  expect(await call("POST", `/compatibility/subjects/${subject}/versions/latest`, schema)).toEqual({
    status: 200,
    body: { is_compatible: false },
  });
  expect(await register(schema)).toMatchObject({ status: 409, body: { error_code: 409 } });
  expect((await call("GET", `/subjects/${subject}/versions`)).body).toEqual([1]);
});

test("without a level of compatibility every schema is taken", async () => {
  expect(await call("PUT", "/config", { compatibility: "NONE" })).toEqual({
    status: 200,
    body: { compatibility: "NONE" },
  });
  expect((await call("GET", "/config")).body).toEqual({ compatibilityLevel: "NONE" });
  await register(record("Free", text));
  expect((await register(record("Free", text, added))).status).toBe(200);
});

test("a schema is found under its subject, and only there", async () => {
  const { body } = await register(record("Known", text));
  expect(await call("POST", `/subjects/${subject}`, record("Known", text))).toMatchObject({
    status: 200,
    body: { subject, version: 1, ...(body as { id: number }) },
  });
  expect(await call("POST", `/subjects/${subject}`, record("Unknown", text))).toMatchObject({
    status: 404,
    body: { error_code: 40403 },
  });
  expect((await call("GET", "/subjects")).body).toContain(subject);
});

test("a subject may have a slash and a space in its name", async () => {
  const odd = "orders/of the day-value";
  await register(record("Odd", text), encodeURIComponent(odd));
  expect((await call("GET", "/subjects")).body).toContain(odd);
});

test.each([
  { what: "an unknown subject", method: "GET", path: "/subjects/none/versions", status: 404, code: 40401 },
  { what: "an unknown id", method: "GET", path: "/schemas/ids/9999", status: 404, code: 40403 },
  { what: "an id that is no number", method: "GET", path: "/schemas/ids/x", status: 404, code: 40403 },
  { what: "an unknown path", method: "GET", path: "/mode", status: 404, code: 404 },
  {
    what: "a path that is not encoded well",
    method: "GET",
    path: "/subjects/%/versions",
    status: 400,
    code: 400,
  },
  {
    what: "a body that is not JSON",
    method: "POST",
    path: "/subjects/a/versions",
    body: "{",
    status: 400,
    code: 400,
  },
  {
    what: "a body without a schema",
    method: "POST",
    path: "/subjects/a/versions",
    body: {},
    status: 422,
    code: 42201,
  },
  {
    what: "a schema that is not Avro",
    method: "POST",
    path: "/subjects/a/versions",
    body: { schema: '{"type":"nothing"}' },
    status: 422,
    code: 42201,
  },
  {
    what: "a schema of another kind",
    method: "POST",
    path: "/subjects/a/versions",
    body: { schema: "{}", schemaType: "JSON" },
    status: 422,
    code: 42201,
  },
  {
    what: "an unknown level",
    method: "PUT",
    path: "/config",
    body: { compatibility: "FULL" },
    status: 422,
    code: 42203,
  },
])("$what is refused with the code that clients know", async ({ method, path, body, status, code }) => {
  expect(await call(method, path, body)).toMatchObject({ status, body: { error_code: code } });
});

test("a version that is none is refused, and one that is missing not found", async () => {
  await register(record("Versions", text));
  const of = (version: string) => call("GET", `/subjects/${subject}/versions/${version}`);
  expect(await of("0")).toMatchObject({ status: 422, body: { error_code: 42202 } });
  expect(await of("two")).toMatchObject({ status: 422, body: { error_code: 42202 } });
  expect(await of("2")).toMatchObject({ status: 404, body: { error_code: 40402 } });
});

test("a body above a megabyte is refused", async () => {
  expect(await register({ schema: `"${"x".repeat(1_100_000)}"` })).toMatchObject({ status: 413 });
});
