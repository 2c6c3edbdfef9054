import { z } from "zod";
import { errorMessage } from "../errors/index.ts";
import { readCredentials } from "./credentials.ts";
import { SchemaRegistryError } from "./errors.ts";

/** A schema as the registry holds it under a subject. */
export interface RegisteredSchema {
  readonly id: number;
  readonly version: number;
  readonly schema: string;
}

/** The part of the Confluent API in use. Ids never change their schema, so they are kept for the life of the process. */
export interface SchemaRegistry {
  /**
   * Id of a schema under a subject, which registers it if it is new.
   *
   * @throws SchemaRegistryError, not retryable when the schema breaks the compatibility of the subject
   */
  register(subject: string, schema: string): Promise<number>;
  /** Text of the schema with an id; not retryable when no schema has it. */
  schemaById(id: number): Promise<string>;
  /** Newest schema of a subject; asked anew each time. */
  latest(subject: string): Promise<RegisteredSchema>;
}

/** A registry answers in milliseconds; one that takes longer is away, and the caller has its own retries. */
const timeoutMs = 3_000;
const contentType = "application/vnd.schemaregistry.v1+json";

const registered = z.object({ id: z.number().int() });
const byId = z.object({ schema: z.string() });
const latestVersion = z.object({ id: z.number().int(), version: z.number().int(), schema: z.string() });
const refusal = z.object({ message: z.string() });

/** @param credentialsDirectory see `readCredentials`; left out for a registry that asks for none */
export function createSchemaRegistry(baseUrl: string, credentialsDirectory?: string): SchemaRegistry {
  const base: Registry = { url: baseUrl.replace(/\/+$/, ""), credentialsDirectory };
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

/** Shares one request among all who ask meanwhile and keeps its answer; a failure is forgotten. */
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

interface Registry {
  /** Without a slash at the end. */
  readonly url: string;
  readonly credentialsDirectory: string | undefined;
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
  { url, credentialsDirectory }: Registry,
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
  const words = refusal.safeParse(parseJson(text));
  const said = words.success ? words.data.message : "no reason given";
  return new SchemaRegistryError(
    `schema registry ${base.url}${path} answered ${status} (${said}); ${advice(status, base)}`,
    {
      status,
      retryable: passes(status),
    },
  );
}

/**
 * 429 and 5xx pass. So do 401 and 403: a password that was turned comes under a running process, and a right that is
 * missing is no fault of the event at hand. Anything else is about what was asked.
 */
function passes(status: number): boolean {
  return [401, 403, 429].includes(status) || status >= 500;
}

function advice(status: number, { credentialsDirectory }: Registry): string {
  switch (status) {
    case 401:
      return credentialsDirectory === undefined
        ? "it wants a user and a password: set SCHEMA_REGISTRY_CREDENTIALS_DIR"
        : `it does not know the user and the password in ${credentialsDirectory}: put the ones that are valid now`;
    case 403:
      return "allow this client to use the registry";
    case 404:
      return "it was never registered there, or the registry has lost its data";
    case 409:
      return "the schema cannot read what was written before: give new fields a default and keep the old ones";
    case 422:
      return "the schema is not valid Avro";
    default:
      return "try again, and look at the log of the registry";
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
