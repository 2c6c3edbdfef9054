import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { type LoopbackServer, startLoopbackServer } from "../processes/index.ts";
import { SchemaRegistryError } from "./errors.ts";
import { type CompatibilityLevel, compatibilityLevels, SchemaStore, type StoredSchemas } from "./store.ts";

const contentType = "application/vnd.schemaregistry.v1+json";
/** Schemas have a few KB. A larger body is a mistake. */
const largestBody = 1_048_576;

/**
 * Serves the endpoints of the Confluent API that the platform uses, on the loopback address, from memory. With a file it begins
 * with the schemas that are in it and keeps them there: records that are kept have the ids of those schemas.
 */
export function startSchemaRegistry(file?: string): Promise<LoopbackServer> {
  const stored = file !== undefined && existsSync(file) ? readFileSync(file, "utf8") : undefined;
  const store = new SchemaStore(stored === undefined ? undefined : (JSON.parse(stored) as StoredSchemas));
  return startLoopbackServer((request, response) => {
    void answer(store, request).then(({ status, body }) => {
      if (file !== undefined && request.method === "POST") save(file, store.stored);
      response.writeHead(status, { "content-type": contentType });
      response.end(JSON.stringify(body));
    });
  });
}

function save(file: string, stored: StoredSchemas): void {
  writeFileSync(`${file}.new`, JSON.stringify(stored));
  renameSync(`${file}.new`, file);
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

async function answer(store: SchemaStore, request: IncomingMessage): Promise<Answer> {
  try {
    const path = (request.url ?? "/").split("?")[0] ?? "/";
    const parts = path.split("/").slice(1).map(decodeURIComponent);
    return { status: 200, body: route(store, `${request.method}`, parts, await read(request)) };
  } catch (error) {
    if (error instanceof SchemaRegistryError) {
      return { status: error.status, body: { error_code: error.errorCode, message: error.message } };
    }
    if (error instanceof URIError) return { status: 400, body: { error_code: 400, message: error.message } };
    return { status: 500, body: { error_code: 50001, message: "Error in the backend data store" } };
  }
}

function route(store: SchemaStore, method: string, parts: readonly string[], body: unknown): unknown {
  const [first, second = "", third, fourth = ""] = parts;
  const shape = `${method} ${first}/${parts.length}`;
  switch (shape) {
    case "GET subjects/1":
      return store.subjects();
    case "POST subjects/2":
      return store.lookUp(second, schemaOf(body));
    case "GET subjects/3":
      if (third === "versions") return store.versions(second);
      break;
    case "POST subjects/3":
      if (third === "versions") return { id: store.register(second, schemaOf(body)) };
      break;
    case "GET subjects/4":
      if (third === "versions") return store.version(second, fourth);
      break;
    case "GET schemas/3":
      if (second === "ids") return { schema: store.schema(Number(third)) };
      break;
    case "POST compatibility/5":
      if (second === "subjects" && fourth === "versions") {
        return { is_compatible: store.isCompatible(third ?? "", parts[4] ?? "", schemaOf(body)) };
      }
      break;
    case "GET config/1":
      return { compatibilityLevel: store.level };
    case "PUT config/1":
      store.level = levelOf(body);
      return { compatibility: store.level };
    default:
  }
  throw new SchemaRegistryError(
    "no-such-path",
    `${method} /${parts.join("/")} is not served by the embedded schema registry.`,
  );
}

async function read(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > largestBody)
      throw new SchemaRegistryError("too-large", `The body is above ${largestBody} bytes.`);
    chunks.push(chunk);
  }
  if (size === 0) return undefined;
  try {
    return JSON.parse(Buffer.concat(chunks).toString("utf8"));
  } catch {
    throw new SchemaRegistryError("invalid-body", "The body is not JSON.");
  }
}

function field(body: unknown, name: string): unknown {
  return typeof body === "object" && body !== null ? (body as Record<string, unknown>)[name] : undefined;
}

function schemaOf(body: unknown): string {
  const type = field(body, "schemaType") ?? "AVRO";
  if (type !== "AVRO") {
    throw new SchemaRegistryError(
      "invalid-schema",
      `Invalid schema type ${JSON.stringify(type)}: only AVRO is served.`,
    );
  }
  const schema = field(body, "schema");
  if (typeof schema !== "string") {
    throw new SchemaRegistryError(
      "invalid-schema",
      'Invalid schema: the body needs "schema", the schema as a text.',
    );
  }
  return schema;
}

function levelOf(body: unknown): CompatibilityLevel {
  const wanted = field(body, "compatibility");
  const level = compatibilityLevels.find((each) => each === wanted);
  if (level) return level;
  throw new SchemaRegistryError(
    "invalid-level",
    `Invalid compatibility level ${JSON.stringify(wanted)}: one of ${compatibilityLevels.join(", ")}.`,
  );
}
