import { existsSync, mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { taskEventSchema, taskEventSchemas } from "@task-platform/contracts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { skip } from "../../../tests/support/skip.ts";
import { fetchedFolder, findJava } from "../back-ends/index.ts";
import { acquireLock, Children, freePorts, waitUntil } from "../processes/index.ts";
import { startSchemaRegistry } from "./index.ts";

/** A schema registry under test, or the reason why it is missing. */
type Candidate = { readonly url: string; readonly stop: () => Promise<void> } | string;

/** Apicurio 2.6 needs 4 s. The rest is for a busy machine. */
const apicurioTimeoutMs = 60_000;

async function startApicurio(): Promise<Candidate> {
  const java = findJava();
  if (!java) return "no Java 17 or newer on this machine";
  const folder = join(fetchedFolder("apicurio"), "registry");
  if (!existsSync(folder)) return "Apicurio Registry is not downloaded; run node tools/setup/setup.js test";
  const jar = readdirSync(folder).find((name) => name.endsWith("-runner.jar")) ?? "";
  const [port = 0, management = 0] = await freePorts(2);
  const children = new Children(
    acquireLock(mkdtempSync(join(tmpdir(), "task-platform-apicurio-")), () => undefined),
  );
  const child = children.start({
    name: "apicurio",
    command: java.command,
    args: [
      "-Xmx256m",
      "-Dquarkus.http.host=127.0.0.1",
      `-Dquarkus.http.port=${port}`,
      // Without these two it listens on port 9000 of all addresses.
      "-Dquarkus.management.host=127.0.0.1",
      `-Dquarkus.management.port=${management}`,
      "-jar",
      join(folder, jar),
    ],
    mark: jar,
  });
  const stop = (): Promise<void> => children.release(); // all its data is in memory
  const url = `http://127.0.0.1:${port}/apis/ccompat/v7`;
  const answers = async (): Promise<boolean> =>
    (await fetch(`${url}/subjects`).catch(() => undefined))?.ok === true;
  if (await waitUntil(answers, { withinMs: apicurioTimeoutMs, everyMs: 100 })) {
    // Apicurio has no compatibility rule at first. The schema registry of the platform has this one.
    await call(url, "PUT", "/config", { compatibility: "BACKWARD" });
    return { url, stop };
  }
  const lines = child.lastLines(8);
  await stop();
  throw new Error(`Apicurio did not answer within ${apicurioTimeoutMs / 1000} s:\n${lines}`);
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

async function call(url: string, method: string, path: string, body?: object): Promise<Answer> {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { "content-type": "application/vnd.schemaregistry.v1+json" },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: await response.json() };
}

const schemaOf = (name: string, ...fields: readonly object[]): { schema: string } => ({
  schema: JSON.stringify({ type: "record", name, fields }),
});
const text = { name: "text", type: "string" };
const withDefault = { name: "added", type: "string", default: "" };
const withoutDefault = { name: "added", type: "string" };

describe.each([
  { name: "the embedded schema registry", start: (): Promise<Candidate> => startSchemaRegistry() },
  { name: "Apicurio 2.6", start: startApicurio },
])("$name", ({ start }) => {
  let candidate: Candidate;
  beforeAll(async () => {
    candidate = await start();
  });
  afterAll(async () => {
    if (typeof candidate !== "string") await candidate?.stop();
  });

  /** Both run the same calls. */
  const check = (
    behaviour: string,
    act: (api: (method: string, path: string, body?: object) => Promise<Answer>) => Promise<void>,
  ) =>
    test(behaviour, async (context) => {
      if (typeof candidate === "string") return skip(context, candidate);
      const { url } = candidate;
      await act((method, path, body) => call(url, method, path, body));
    });
  const id = (answer: Answer): number => (answer.body as { id: number }).id;

  check("the versions of the event schema register in order, and each can be read back", async (api) => {
    for (const schema of taskEventSchemas) {
      const answer = await api("POST", "/subjects/events-value/versions", { schema });
      expect(answer.status).toBe(200);
      const { body } = await api("GET", `/schemas/ids/${id(answer)}`);
      expect(JSON.parse((body as { schema: string }).schema)).toEqual(JSON.parse(schema));
    }
    const { body } = await api("GET", "/subjects/events-value/versions/latest");
    expect(body).toMatchObject({ subject: "events-value", version: taskEventSchemas.length });
    expect(JSON.parse((body as { schema: string }).schema)).toEqual(JSON.parse(taskEventSchema));
  });

  check("a schema keeps its id when it is registered again, and under another subject", async (api) => {
    const first = await api("POST", "/subjects/ids-a/versions", schemaOf("Ids", text));
    expect(id(await api("POST", "/subjects/ids-a/versions", schemaOf("Ids", text)))).toBe(id(first));
    expect(id(await api("POST", "/subjects/ids-b/versions", schemaOf("Ids", text)))).toBe(id(first));
    expect((await api("GET", "/subjects/ids-a/versions")).body).toEqual([1]);
  });

  check(
    "a compatible version gets the next number, and an incompatible one is refused with 409",
    async (api) => {
      await api("POST", "/subjects/grows/versions", schemaOf("Grows", text));
      const path = "/compatibility/subjects/grows/versions/latest";
      expect((await api("POST", path, schemaOf("Grows", text, withDefault))).body).toMatchObject({
        is_compatible: true,
      });
      expect((await api("POST", path, schemaOf("Grows", text, withoutDefault))).body).toMatchObject({
        is_compatible: false,
      });
      expect(
        (await api("POST", "/subjects/grows/versions", schemaOf("Grows", text, withDefault))).status,
      ).toBe(200);
      const refused = await api(
        "POST",
        "/subjects/grows/versions",
        schemaOf("Grows", { name: "text", type: "int" }),
      );
      expect(refused).toMatchObject({ status: 409, body: { error_code: 409 } });
      expect((await api("GET", "/subjects/grows/versions")).body).toEqual([1, 2]);
      expect((await api("GET", "/subjects/grows/versions/1")).body).toMatchObject({ version: 1 });
    },
  );

  check("a schema is found under its subject only", async (api) => {
    const registered = await api("POST", "/subjects/known/versions", schemaOf("Known", text));
    expect((await api("POST", "/subjects/known", schemaOf("Known", text))).body).toMatchObject({
      subject: "known",
      version: 1,
      id: id(registered),
    });
    expect((await api("POST", "/subjects/known", schemaOf("Other", text))).status).toBe(404);
    expect((await api("GET", "/subjects")).body).toContain("known");
  });

  check(
    "a missing subject or id gives 404 and an invalid schema 422, with the codes of the API",
    async (api) => {
      expect(await api("GET", "/subjects/none/versions")).toMatchObject({
        status: 404,
        body: { error_code: 40401 },
      });
      expect(await api("GET", "/subjects/none/versions/latest")).toMatchObject({ status: 404 });
      expect(await api("GET", "/schemas/ids/99999")).toMatchObject({
        status: 404,
        body: { error_code: 40403 },
      });
      expect(await api("POST", "/subjects/bad/versions", { schema: '{"type":"nothing"}' })).toMatchObject({
        status: 422,
        body: { error_code: 42201 },
      });
    },
  );

  check("the level of compatibility is BACKWARD", async (api) => {
    expect((await api("GET", "/config")).body).toMatchObject({ compatibilityLevel: "BACKWARD" });
  });
});
