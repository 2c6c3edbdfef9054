import { readdirSync, readFileSync } from "node:fs";
import avsc from "avsc";

export const eventTypes = ["CREATED", "UPDATED", "COMPLETED", "DELETED"] as const;
export type EventType = (typeof eventTypes)[number];

/** A change of a task, as a record in Kafka holds it. */
export interface TaskEvent {
  /** UUID. Consumers apply each id exactly once. */
  readonly event_id: string;
  readonly event_type: EventType;
  readonly task_id: string;
  /** The key of the record. */
  readonly user_id: string;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  /** JSON of the task after the change; may be null. */
  readonly payload: string | null;
  readonly metadata: Readonly<Record<string, string>>;
}

/** Text of the Avro schema, as the schema registry stores it. */
export const taskEventSchema = readFileSync(new URL("../avro/task-event.avsc", import.meta.url), "utf8");

const historyFolder = new URL("../avro/history/", import.meta.url);

/**
 * Every version of the schema, oldest first; the last one is the current schema. Never edit a version: rows in the
 * outbox and records in Kafka were written with it.
 */
export const taskEventSchemas: readonly string[] = readdirSync(historyFolder)
  .map((file) => ({ file, version: Number(/^task-event\.v(\d+)\.avsc$/.exec(file)?.[1]) }))
  .toSorted((a, b) => a.version - b.version)
  .map(({ file }) => readFileSync(new URL(file, historyFolder), "utf8"));

/** Version that `encodeTaskEvent` writes, counted from 1. */
export const taskEventSchemaVersion = taskEventSchemas.length;

/** Subject in the schema registry for the values of `task-events`. */
export const taskEventSubject = "task-events-value";

const type = avsc.Type.forSchema(JSON.parse(taskEventSchema) as avsc.Schema);

/**
 * Avro bytes of an event, without the header of the schema registry.
 *
 * @throws Error that names the field that does not fit the schema
 */
export function encodeTaskEvent(event: TaskEvent): Buffer {
  const paths: string[] = [];
  if (!type.isValid(event, { errorHook: (path) => paths.push(path.join(".")) })) {
    throw new Error(`task event does not fit its schema at ${paths.join(", ")}`);
  }
  return type.toBuffer(event);
}

/** The bytes of an event around its time and its payload; see `splitTaskEvent`. */
export interface TaskEventParts {
  readonly head: Buffer;
  /** Between the time and the payload. */
  readonly middle: Buffer;
  readonly tail: Buffer;
}

/**
 * The Avro bytes of an event without its time and its payload, for a writer that knows both only later: `head`, the time
 * as an Avro long, `middle`, the payload in UTF-8, `tail`. The payload then has as many bytes as the one given here.
 *
 * @throws Error that names the field that does not fit the schema
 */
export function splitTaskEvent(event: TaskEvent & { readonly payload: string }): TaskEventParts {
  const bytes = encodeTaskEvent(event);
  const payload = Buffer.from(event.payload);
  // No field before the payload can hold it: it holds them.
  const at = bytes.indexOf(payload);
  // The branch of the union is one byte.
  const middle = at - 1 - avroLongBytes(payload.length);
  const head = middle - avroLongBytes(event.timestamp);
  return {
    head: bytes.subarray(0, head),
    middle: bytes.subarray(middle, at),
    tail: bytes.subarray(at + payload.length),
  };
}

/** How many bytes Avro needs for a number that is not negative. */
function avroLongBytes(value: number): number {
  let bytes = 1;
  for (let rest = value * 2; rest >= 128; rest /= 128) bytes += 1;
  return bytes;
}

/**
 * Reader for bytes that were written with another version of the schema.
 *
 * @throws Error when the current schema cannot read that version
 */
export function taskEventReader(writerSchema: string): (bytes: Buffer) => TaskEvent {
  const writer = avsc.Type.forSchema(JSON.parse(writerSchema) as avsc.Schema);
  const resolver = type.createResolver(writer);
  return (bytes) => ({ ...(type.fromBuffer(bytes, resolver) as TaskEvent) });
}
