import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
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
