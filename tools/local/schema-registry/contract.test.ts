import { existsSync, mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { taskEventSchema, taskEventSchemas } from "@task-platform/contracts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { skip } from "../../../tests/support/skip.ts";
import { fetchedFolder, findJava } from "../back-ends/index.ts";
import { acquireLock, Children, freePorts } from "../processes/index.ts";
import { startRegistry } from "./index.ts";

/** A registry under test; a text is the reason why it cannot be had. */
type Candidate = { readonly url: string; readonly stop: () => Promise<void> } | string;

/** Apicurio 2.6 needs 4 s; this is for a machine that is busy. */
const apicurioTimeoutMs = 60_000;

async function startApicurio(): Promise<Candidate> {
  const java = findJava();
  if (!java) return "no Java 17 or newer on this machine";
  const folder = join(fetchedFolder("apicurio"), "registry");
  if (!existsSync(folder)) return "Apicurio Registry was not fetched; run node tools/setup/setup.js test";
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
      // Without these two it listens on all addresses, port 9000.
      "-Dquarkus.management.host=127.0.0.1",
      `-Dquarkus.management.port=${management}`,
      "-jar",
      join(folder, jar),
    ],
    mark: jar,
  });
  const stop = (): Promise<void> => children.release(); // all of it is in memory
  const url = `http://127.0.0.1:${port}/apis/ccompat/v7`;
  for (const deadline = Date.now() + apicurioTimeoutMs; Date.now() < deadline; ) {
    const answer = await fetch(`${url}/subjects`).catch(() => undefined);
    if (answer?.ok) {
      // Apicurio begins without a rule; the platform's registry is set up with this one.
      await call(url, "PUT", "/config", { compatibility: "BACKWARD" });
      return { url, stop };
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
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
  { name: "the embedded registry", start: (): Promise<Candidate> => startRegistry() },
  { name: "Apicurio 2.6", start: startApicurio },
])("$name", ({ start }) => {
  let candidate: Candidate;
  beforeAll(async () => {
    candidate = await start();
  });
  afterAll(async () => {
    if (typeof candidate !== "string") await candidate?.stop();
  });

  /** The same client for both. */
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

  check("every version of the event schema registers after the one before, and reads back", async (api) => {
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

  check("a compatible version is taken and numbered, an incompatible one refused with 409", async (api) => {
    await api("POST", "/subjects/grows/versions", schemaOf("Grows", text));
    const path = "/compatibility/subjects/grows/versions/latest";
    expect((await api("POST", path, schemaOf("Grows", text, withDefault))).body).toMatchObject({
      is_compatible: true,
    });
    expect((await api("POST", path, schemaOf("Grows", text, withoutDefault))).body).toMatchObject({
      is_compatible: false,
    });
    expect((await api("POST", "/subjects/grows/versions", schemaOf("Grows", text, withDefault))).status).toBe(
      200,
    );
    const refused = await api(
      "POST",
      "/subjects/grows/versions",
      schemaOf("Grows", { name: "text", type: "int" }),
    );
    expect(refused).toMatchObject({ status: 409, body: { error_code: 409 } });
    expect((await api("GET", "/subjects/grows/versions")).body).toEqual([1, 2]);
    expect((await api("GET", "/subjects/grows/versions/1")).body).toMatchObject({ version: 1 });
  });

  check("a schema is looked up under its subject", async (api) => {
    const registered = await api("POST", "/subjects/known/versions", schemaOf("Known", text));
    expect((await api("POST", "/subjects/known", schemaOf("Known", text))).body).toMatchObject({
      subject: "known",
      version: 1,
      id: id(registered),
    });
    expect((await api("POST", "/subjects/known", schemaOf("Other", text))).status).toBe(404);
    expect((await api("GET", "/subjects")).body).toContain("known");
  });

  check("what is missing is 404 and what is no schema is 422, with the codes of the API", async (api) => {
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
  });

  check("the level of compatibility is BACKWARD", async (api) => {
    expect((await api("GET", "/config")).body).toMatchObject({ compatibilityLevel: "BACKWARD" });
  });
});
