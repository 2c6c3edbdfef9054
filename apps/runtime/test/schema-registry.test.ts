import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { taskEventSchema } from "@task-platform/contracts";
import { createSchemaRegistry } from "@task-platform/runtime/schema-registry";
import { expect, onTestFinished, test } from "vitest";
import { backEnds, schemaRegistry, uniqueName } from "../../../tests/support/back-ends.ts";

const schemaWith = (fields: readonly object[]): string =>
  JSON.stringify({ type: "record", name: "Sample", namespace: "com.example", fields });

test("a registered schema has an id, is found by it, and is the latest of its subject", async () => {
  const subject = uniqueName("subject");
  const schemaRegistry = createSchemaRegistry({ url: `${backEnds().registryUrl}/` }, 60_000);
  const id = await schemaRegistry.register(subject, taskEventSchema);
  expect(await schemaRegistry.register(subject, taskEventSchema)).toBe(id);
  expect(JSON.parse(await schemaRegistry.schemaById(id))).toEqual(JSON.parse(taskEventSchema));
  expect(await schemaRegistry.latest(subject)).toMatchObject({ id, version: 1 });
});

test("an incompatible schema is refused with advice, and the error is not retryable", async () => {
  const subject = uniqueName("subject");
  const registry = schemaRegistry();
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

test("an unknown id gives an error with status 404, which is not retryable", async () => {
  const registry = schemaRegistry();
  await expect(registry.schemaById(987_654)).rejects.toMatchObject({ status: 404, retryable: false });
});

test("an outage gives a retryable error that is not cached; an answer is cached", async () => {
  let answers = 0;
  const server = createServer((_request, response) => {
    answers += 1;
    response.statusCode = answers === 1 ? 503 : 200;
    response.end(JSON.stringify(answers === 1 ? { message: "starting" } : { schema: '"string"' }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const schemaRegistry = createSchemaRegistry({
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  });
  await expect(schemaRegistry.schemaById(1)).rejects.toMatchObject({ status: 503, retryable: true });
  expect(await schemaRegistry.schemaById(1)).toBe('"string"');
  expect(await schemaRegistry.schemaById(1)).toBe('"string"');
  expect(answers).toBe(2);
  server.close();
  server.closeAllConnections();
  await expect(schemaRegistry.schemaById(2)).rejects.toMatchObject({ status: undefined, retryable: true });
});

/** A schema registry that requires a password, as hosted ones do; the one of the tests does not. */
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

test("the client signs in with the files of a folder, and with the new files after the password was rotated", async () => {
  let password = "first";
  const directory = await credentials({ username: "worker\n", password });
  const schemaRegistry = createSchemaRegistry({
    url: await closedRegistry(() => password),
    credentialsDirectory: directory,
  });
  expect(await schemaRegistry.schemaById(1)).toBe('"string"');
  password = "second";
  await expect(schemaRegistry.schemaById(2)).rejects.toMatchObject({
    status: 401,
    retryable: true,
    message: expect.stringContaining(`the user and the password in ${directory}`),
  });
  await writeFile(join(directory, "password"), password);
  expect(await schemaRegistry.schemaById(2)).toBe('"string"');
});

test("when a password is required and none is configured, the error names the missing variable", async () => {
  const schemaRegistry = createSchemaRegistry({ url: await closedRegistry(() => "secret") });
  await expect(schemaRegistry.schemaById(1)).rejects.toMatchObject({
    status: 401,
    message: expect.stringContaining("set SCHEMA_REGISTRY_CREDENTIALS_DIR"),
  });
});

test("the error for a missing or empty file names the file and is retryable", async () => {
  const url = await closedRegistry(() => "secret");
  const schemaById = (credentialsDirectory: string): Promise<string> =>
    createSchemaRegistry({ url, credentialsDirectory }).schemaById(1);
  const without = await credentials({ username: "worker" });
  await expect(schemaById(without)).rejects.toMatchObject({
    status: undefined,
    retryable: true,
    message: expect.stringContaining(`${join(without, "password")}, which signs in`),
  });
  const empty = await credentials({ username: "worker", password: "\n" });
  await expect(schemaById(empty)).rejects.toThrow("it is empty");
});
