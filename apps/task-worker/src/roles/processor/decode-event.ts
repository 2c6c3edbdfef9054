import { type TaskEvent, taskEventReader, unframe } from "@task-platform/contracts";
import { errorMessage, type SchemaRegistry, SchemaRegistryError } from "@task-platform/runtime";

/** Bytes that are no task event and never will be. */
export class UnreadableEventError extends Error {
  override readonly name = "UnreadableEventError";
}

export type EventDecoder = (value: Buffer | null) => Promise<TaskEvent>;

/**
 * Decoder of framed task events, whatever version of the schema they were written with.
 *
 * Its promise rejects with UnreadableEventError when the bytes are to blame, and with a retryable SchemaRegistryError
 * when the registry is away.
 */
export function createEventDecoder(registry: SchemaRegistry): EventDecoder {
  const readers = new Map<number, (bytes: Buffer) => TaskEvent>();
  return async (value) => {
    if (value === null) throw new UnreadableEventError("the record has no value");
    const { schemaId, body } = blameBytes(() => unframe(value));
    const reader = readers.get(schemaId) ?? (await loadReader(registry, schemaId));
    readers.set(schemaId, reader);
    const event = blameBytes(() => reader(body));
    checkIds(event);
    return event;
  };
}

async function loadReader(registry: SchemaRegistry, schemaId: number): Promise<(bytes: Buffer) => TaskEvent> {
  const schema = await registry.schemaById(schemaId).catch((error: unknown) => {
    if (error instanceof SchemaRegistryError && error.status === 404) {
      throw new UnreadableEventError(`no schema has the id ${schemaId}`, { cause: error });
    }
    throw error;
  });
  return blameBytes(() => taskEventReader(schema));
}

function blameBytes<T>(read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw new UnreadableEventError(errorMessage(cause), { cause });
  }
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Avro knows them as text only; the database wants UUIDs. */
function checkIds(event: TaskEvent): void {
  const wrong = (["event_id", "task_id"] as const).filter((field) => !uuid.test(event[field]));
  if (wrong.length > 0) throw new UnreadableEventError(`not a UUID: ${wrong.join(", ")}`);
}
