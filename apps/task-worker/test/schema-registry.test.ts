import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { taskEventSchema } from "@task-platform/contracts";
import { createSchemaRegistry } from "@task-platform/runtime";
import { expect, onTestFinished, test } from "vitest";
import { backEnds, uniqueName } from "../../../tests/support/back-ends.ts";

const schemaWith = (fields: readonly object[]): string =>
  JSON.stringify({ type: "record", name: "Sample", namespace: "com.example", fields });

test("a schema is registered under its subject, found by its id and is the latest", async () => {
  const subject = uniqueName("subject");
  const registry = createSchemaRegistry(`${backEnds().registryUrl}/`);
  const id = await registry.register(subject, taskEventSchema);
  expect(await registry.register(subject, taskEventSchema)).toBe(id);
  expect(JSON.parse(await registry.schemaById(id))).toEqual(JSON.parse(taskEventSchema));
  expect(await registry.latest(subject)).toMatchObject({ id, version: 1 });
});

test("a schema that cannot read what was written is refused, with what to do and no use in trying again", async () => {
  const subject = uniqueName("subject");
  const registry = createSchemaRegistry(backEnds().registryUrl);
  await registry.register(subject, schemaWith([{ name: "a", type: "string" }]));
  const wider = schemaWith([
    { name: "a", type: "string" },
    { name: "b", type: "string" },
  ]);
  await expect(registry.register(subject, wider)).rejects.toMatchObject({
    status: 409,
    retryable: false,
    message: expect.stringContaining("give new fields a default"),
  });
});

test("an id that nobody registered is told as such", async () => {
  const registry = createSchemaRegistry(backEnds().registryUrl);
  await expect(registry.schemaById(987_654)).rejects.toMatchObject({ status: 404, retryable: false });
});

test("a registry that is away may be tried again, and is asked again rather than remembered", async () => {
  let answers = 0;
  const server = createServer((_request, response) => {
    answers += 1;
    response.statusCode = answers === 1 ? 503 : 200;
    response.end(JSON.stringify(answers === 1 ? { message: "starting" } : { schema: '"string"' }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const registry = createSchemaRegistry(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  await expect(registry.schemaById(1)).rejects.toMatchObject({ status: 503, retryable: true });
  expect(await registry.schemaById(1)).toBe('"string"');
  expect(await registry.schemaById(1)).toBe('"string"');
  expect(answers).toBe(2);
  server.close();
  server.closeAllConnections();
  await expect(registry.schemaById(2)).rejects.toMatchObject({ status: undefined, retryable: true });
});

/** A registry that admits one user, as hosted ones do; the one of the tests admits everybody. */
async function closedRegistry(password: () => string): Promise<string> {
  const listener: RequestListener = (request, response) => {
    const expected = `Basic ${Buffer.from(`worker:${password()}`).toString("base64")}`;
    response.statusCode = request.headers.authorization === expected ? 200 : 401;
    response.end(JSON.stringify(response.statusCode === 200 ? { schema: '"string"' } : { message: "who?" }));
  };
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function credentials(files: Readonly<Record<string, string>>): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "registry-"));
  onTestFinished(() => rm(directory, { recursive: true }));
  for (const [name, text] of Object.entries(files)) await writeFile(join(directory, name), text);
  return directory;
}

test("a worker signs in with the files of a folder, and with the new ones after the password was turned", async () => {
  let password = "first";
  const directory = await credentials({ username: "worker\n", password });
  const registry = createSchemaRegistry(await closedRegistry(() => password), directory);
  expect(await registry.schemaById(1)).toBe('"string"');
  password = "second";
  await expect(registry.schemaById(2)).rejects.toMatchObject({
    status: 401,
    retryable: true,
    message: expect.stringContaining(`the user and the password in ${directory}`),
  });
  await writeFile(join(directory, "password"), password);
  expect(await registry.schemaById(2)).toBe('"string"');
});

test("a registry that wants a password from a worker without one names the variable that is missing", async () => {
  const registry = createSchemaRegistry(await closedRegistry(() => "secret"));
  await expect(registry.schemaById(1)).rejects.toMatchObject({
    status: 401,
    message: expect.stringContaining("set SCHEMA_REGISTRY_CREDENTIALS_DIR"),
  });
});

test("files that are missing or empty are named, never shown, and waited for", async () => {
  const address = await closedRegistry(() => "secret");
  const without = await credentials({ username: "worker" });
  await expect(createSchemaRegistry(address, without).schemaById(1)).rejects.toMatchObject({
    status: undefined,
    retryable: true,
    message: expect.stringContaining(`${join(without, "password")}, which signs in`),
  });
  const empty = await credentials({ username: "worker", password: "\n" });
  await expect(createSchemaRegistry(address, empty).schemaById(1)).rejects.toThrow("it is empty");
});
