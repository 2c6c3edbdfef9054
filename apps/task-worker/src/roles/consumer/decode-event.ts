import { database, type TaskEvent, taskEventReader, unframe } from "@task-platform/contracts";
import { errorMessage } from "@task-platform/runtime/errors";
import { type SchemaRegistry, SchemaRegistryError } from "@task-platform/runtime/schema-registry";

/** The bytes are not a task event; a retry cannot change that. */
export class UnreadableEventError extends Error {
  override readonly name = "UnreadableEventError";
}

/**
 * This build cannot read the schema of the event: a newer writer is deployed, or the schema registry does not have the schema.
 * A newer reader, or a repaired registry, can, so the event waits and is never dead-lettered.
 */
export class UnknownSchemaError extends Error {
  override readonly name = "UnknownSchemaError";
}

export type EventDecoder = (value: Buffer | null) => Promise<TaskEvent>;

/**
 * Decoder of framed task events of every schema version.
 *
 * Its promise rejects with an UnreadableEventError when the bytes are at fault, with an UnknownSchemaError when the
 * schema cannot be had or read, and with a retryable SchemaRegistryError when the schema registry is down.
 */
export function createEventDecoder(schemaRegistry: SchemaRegistry): EventDecoder {
  const readers = new Map<number, (bytes: Buffer) => TaskEvent>();
  return async (value) => {
    if (value === null) throw new UnreadableEventError("the record has no value");
    const { schemaId, body } = blameBytes(() => unframe(value));
    const reader = readers.get(schemaId) ?? (await loadReader(schemaRegistry, schemaId));
    readers.set(schemaId, reader);
    const event = blameBytes(() => reader(body));
    checkIds(event);
    checkTime(event);
    return event;
  };
}

async function loadReader(
  schemaRegistry: SchemaRegistry,
  schemaId: number,
): Promise<(bytes: Buffer) => TaskEvent> {
  const schema = await schemaRegistry.schemaById(schemaId).catch((error: unknown) => {
    // The relay registers a schema before it writes an event, so the registry has lost it or is another one.
    if (error instanceof SchemaRegistryError && error.status === 404) {
      throw new UnknownSchemaError(`no schema has the id ${schemaId}`, { cause: error });
    }
    throw error;
  });
  try {
    return taskEventReader(schema);
  } catch (cause) {
    throw new UnknownSchemaError(`this build cannot read the schema with the id ${schemaId}`, { cause });
  }
}

function blameBytes<T>(read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw new UnreadableEventError(errorMessage(cause), { cause });
  }
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

const { keptDays } = database.activity;
const dayMs = 24 * 60 * 60 * 1_000;
/** So far ahead no clock is only wrong: it is a number in another unit, such as microseconds. */
const furthestAheadMs = dayMs;

/**
 * In Avro a time is any long. Of an event that is older than the activity that is kept nobody knows whether it was applied.
 */
function checkTime({ timestamp }: TaskEvent): void {
  const now = Date.now();
  if (timestamp >= now - keptDays * dayMs && timestamp <= now + furthestAheadMs) return;
  throw new UnreadableEventError(
    `timestamp: got ${timestamp}; allowed: milliseconds since 1970, from ${keptDays} days ago (older activity is not kept) to a day ahead`,
  );
}

/** In Avro they are plain text; the database requires UUIDs. */
function checkIds(event: TaskEvent): void {
  const wrong = (["event_id", "task_id"] as const).filter((field) => !uuid.test(event[field]));
  if (wrong.length > 0) throw new UnreadableEventError(`not a UUID: ${wrong.join(", ")}`);
}
