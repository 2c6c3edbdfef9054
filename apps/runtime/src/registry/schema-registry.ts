import { z } from "zod";
import { errorMessage, ServiceError } from "../errors/index.ts";

/** The schema registry refused or did not answer. */
export class SchemaRegistryError extends ServiceError {
  override readonly name = "SchemaRegistryError";
  /** HTTP status; undefined when there was no answer. */
  readonly status: number | undefined;

  constructor(message: string, options: { status?: number; retryable: boolean; cause?: unknown }) {
    super("schema-registry", message, options);
    this.status = options.status;
  }
}

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

export function createSchemaRegistry(baseUrl: string): SchemaRegistry {
  const base = baseUrl.replace(/\/+$/, "");
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

async function call<T>(base: string, path: string, answer: z.ZodType<T>, body?: object): Promise<T> {
  const { status, text } = await request(base, path, body);
  if (status !== 200) throw refused(base, path, status, text);
  const parsed = answer.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  throw new SchemaRegistryError(
    `${base}${path} answered something that is not the Confluent API; check SCHEMA_REGISTRY_URL, path included`,
    { status, retryable: false },
  );
}

async function request(base: string, path: string, body?: object): Promise<{ status: number; text: string }> {
  try {
    const response = await fetch(`${base}${path}`, {
      signal: AbortSignal.timeout(timeoutMs),
      headers: { accept: contentType, ...(body === undefined ? {} : { "content-type": contentType }) },
      ...(body === undefined ? {} : { method: "POST", body: JSON.stringify(body) }),
    });
    return { status: response.status, text: await response.text() };
  } catch (cause) {
    const reason =
      cause instanceof Error && cause.cause instanceof Error ? cause.cause.message : errorMessage(cause);
    throw new SchemaRegistryError(`schema registry ${base} does not answer (${reason}); is it running?`, {
      retryable: true,
      cause,
    });
  }
}

function refused(base: string, path: string, status: number, text: string): SchemaRegistryError {
  const words = refusal.safeParse(parseJson(text));
  const said = words.success ? words.data.message : "no reason given";
  return new SchemaRegistryError(
    `schema registry ${base}${path} answered ${status} (${said}); ${advice(status)}`,
    {
      status,
      // 429 and 5xx pass; anything else is about what was asked.
      retryable: status === 429 || status >= 500,
    },
  );
}

function advice(status: number): string {
  switch (status) {
    case 401:
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
