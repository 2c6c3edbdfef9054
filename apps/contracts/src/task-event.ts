import { readdirSync, readFileSync } from "node:fs";
import avsc from "avsc";

export const eventTypes = ["CREATED", "UPDATED", "COMPLETED", "DELETED"] as const;
export type EventType = (typeof eventTypes)[number];

/** A change of a task, as it stands in the log. */
export interface TaskEvent {
  /** UUID; consumers have exactly one effect per id. */
  readonly event_id: string;
  readonly event_type: EventType;
  readonly task_id: string;
  /** The key of the record. */
  readonly user_id: string;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  /** JSON of the task after the change; null when there is nothing to say. */
  readonly payload: string | null;
  readonly metadata: Readonly<Record<string, string>>;
}

/** Text of the Avro schema, as a registry stores it. */
export const taskEventSchema = readFileSync(new URL("../avro/task-event.avsc", import.meta.url), "utf8");

const historyFolder = new URL("../avro/history/", import.meta.url);

/**
 * Every version of the schema that was ever written, first one first; the last one is the current schema.
 * A version is never edited: rows in the outbox and records in the log were written with it.
 */
export const taskEventSchemas: readonly string[] = readdirSync(historyFolder)
  .map((file) => ({ file, version: Number(/^task-event\.v(\d+)\.avsc$/.exec(file)?.[1]) }))
  .toSorted((a, b) => a.version - b.version)
  .map(({ file }) => readFileSync(new URL(file, historyFolder), "utf8"));

/** Version that `encodeTaskEvent` writes, counted from 1. */
export const taskEventSchemaVersion = taskEventSchemas.length;

/** Registry subject of the value of `task-events`. */
export const taskEventSubject = "task-events-value";

const type = avsc.Type.forSchema(JSON.parse(taskEventSchema) as avsc.Schema);

/**
 * Avro bytes of an event, without the registry header.
 *
 * @throws Error naming the field that does not fit the schema.
 */
export function encodeTaskEvent(event: TaskEvent): Buffer {
  const paths: string[] = [];
  if (!type.isValid(event, { errorHook: (path) => paths.push(path.join(".")) })) {
    throw new Error(`task event does not fit its schema at ${paths.join(", ")}`);
  }
  return type.toBuffer(event);
}

/** Reader for bytes written with another version of the schema; throws when that version cannot be read. */
export function taskEventReader(writerSchema: string): (bytes: Buffer) => TaskEvent {
  const writer = avsc.Type.forSchema(JSON.parse(writerSchema) as avsc.Schema);
  const resolver = type.createResolver(writer);
  return (bytes) => ({ ...(type.fromBuffer(bytes, resolver) as TaskEvent) });
}
