import { z } from "zod";
import type { SchemaRegistryConfig } from "../config/index.ts";
import { errorMessage } from "../errors/index.ts";
import { readCredentials } from "./credentials.ts";
import { SchemaRegistryError } from "./errors.ts";

/** A schema that is registered under a subject. */
interface RegisteredSchema {
  readonly id: number;
  readonly version: number;
  readonly schema: string;
}

/** The part of the Confluent API in use. The schema of an id never changes, so it is cached for the life of the process. */
export interface SchemaRegistry {
  /**
   * Id of a schema under a subject. Registers the schema if it is new.
   *
   * @throws SchemaRegistryError, not retryable when the schema breaks the compatibility of the subject
   */
  register(subject: string, schema: string): Promise<number>;
  /** Text of the schema with an id. Rejects with a SchemaRegistryError, not retryable when no schema has the id. */
  schemaById(id: number): Promise<string>;
  /** Newest schema of a subject; not cached. */
  latest(subject: string): Promise<RegisteredSchema>;
}

/** A schema registry answers in milliseconds. A slower one is down, and callers have their own retries. */
const usualTimeoutMs = 3_000;
const contentType = "application/vnd.schemaregistry.v1+json";

const registered = z.object({ id: z.number().int() });
const byId = z.object({ schema: z.string() });
const latestVersion = z.object({ id: z.number().int(), version: z.number().int(), schema: z.string() });
const refusal = z.object({ message: z.string() });

type Registry = SchemaRegistryConfig & { readonly timeoutMs: number };

/** @param timeoutMs time for one answer */
export function createSchemaRegistry(
  config: SchemaRegistryConfig,
  timeoutMs: number = usualTimeoutMs,
): SchemaRegistry {
  const base: Registry = { ...config, url: config.url.replace(/\/+$/, ""), timeoutMs };
  const ids = new Map<string, Promise<number>>();
  const schemas = new Map<number, Promise<string>>();
  return {
    register: (subject, schema) =>
      once(ids, `${subject}\n${schema}`, async () => {
        const path = `/subjects/${encodeURIComponent(subject)}/versions`;
        return (await call(base, path, registered, { schema })).id;
      }),
    schemaById: (id) => once(schemas, id, async () => (await call(base, `/schemas/ids/${id}`, byId)).schema),
    latest: (subject) =>
      call(base, `/subjects/${encodeURIComponent(subject)}/versions/latest`, latestVersion),
  };
}

/** Concurrent callers share one request. Its answer is cached, a failure is not. */
function once<Key, Value>(
  cache: Map<Key, Promise<Value>>,
  key: Key,
  load: () => Promise<Value>,
): Promise<Value> {
  const known = cache.get(key);
  if (known !== undefined) return known;
  const loading = load();
  cache.set(key, loading);
  loading.catch(() => cache.delete(key));
  return loading;
}

async function call<T>(base: Registry, path: string, answer: z.ZodType<T>, body?: object): Promise<T> {
  const { status, text } = await request(base, path, body);
  if (status !== 200) throw refused(base, path, status, text);
  const parsed = answer.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  throw new SchemaRegistryError(
    `${base.url}${path} answered something that is not the Confluent API; check SCHEMA_REGISTRY_URL, path included`,
    { status, retryable: false },
  );
}

async function request(
  { url, credentialsDirectory, timeoutMs }: Registry,
  path: string,
  body?: object,
): Promise<{ status: number; text: string }> {
  const authorization =
    credentialsDirectory === undefined ? {} : { authorization: await readCredentials(credentialsDirectory) };
  try {
    const response = await fetch(`${url}${path}`, {
      signal: AbortSignal.timeout(timeoutMs),
      headers: {
        accept: contentType,
        ...authorization,
        ...(body === undefined ? {} : { "content-type": contentType }),
      },
      ...(body === undefined ? {} : { method: "POST", body: JSON.stringify(body) }),
    });
    return { status: response.status, text: await response.text() };
  } catch (cause) {
    const reason =
      cause instanceof Error && cause.cause instanceof Error ? cause.cause.message : errorMessage(cause);
    throw new SchemaRegistryError(`schema registry ${url} does not answer (${reason}); is it running?`, {
      retryable: true,
      cause,
    });
  }
}

function refused(base: Registry, path: string, status: number, text: string): SchemaRegistryError {
  const parsed = refusal.safeParse(parseJson(text));
  const reason = parsed.success ? parsed.data.message : "no reason given";
  return new SchemaRegistryError(
    `schema registry ${base.url}${path} answered ${status} (${reason}); ${advice(status, base)}`,
    { status, retryable: isRetryable(status) },
  );
}

/**
 * 429 and 5xx are temporary. So are 401 and 403: a rotated password reaches the running process later, and a missing
 * permission is not the fault of the current event. Any other status is about the request itself.
 */
function isRetryable(status: number): boolean {
  return [401, 403, 429].includes(status) || status >= 500;
}

function advice(status: number, { credentialsDirectory }: SchemaRegistryConfig): string {
  switch (status) {
    case 401:
      return credentialsDirectory === undefined
        ? "it requires a user and a password: set SCHEMA_REGISTRY_CREDENTIALS_DIR"
        : `it rejects the user and the password in ${credentialsDirectory}: put the valid ones into the secret`;
    case 403:
      return "allow this client to use the schema registry";
    case 404:
      return "it was never registered there, or the schema registry has lost its data";
    case 409:
      return "the schema cannot read older events: give new fields a default and keep the old ones";
    case 422:
      return "the schema is not valid Avro";
    default:
      return "try again, and look at the log of the schema registry";
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
