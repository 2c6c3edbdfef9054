import { partitionOf } from "@task-platform/contracts";
import { outbox } from "@task-platform/schema/names";
import { currentCorrelation } from "../logging/index.ts";

/** An event to publish. */
export interface OutboxEvent {
  /** UUID; consumers apply each id once. */
  readonly id: string;
  readonly type: string;
  /** Key of the record in Kafka; events of one key are published in the order in which they were appended. */
  readonly key: string;
  /** Version of the schema of the payload, counted from 1. */
  readonly schemaVersion: number;
  /** Avro without the header of the schema registry: the relay adds it. */
  readonly payload: Buffer;
  readonly correlationId: string;
}

/**
 * INSERT of one event, to use as part of the statement that changes the state: then the change and its event commit
 * together, in one round trip. The statement starts with the parameters of `outboxValues`, $1 to $7; its own follow
 * from $8. `$2` is the key.
 */
export const outboxInsert = `insert into ${outbox.table} (${outbox.columns.join(", ")}) values (${outbox.columns
  .map((_, at) => `$${at + 1}`)
  .join(", ")})`;

/**
 * Values of the parameters $1 to $7 of `outboxInsert`.
 *
 * @param shards number of shards of the outbox, equal to the partitions of the topic
 */
export function outboxValues(event: OutboxEvent, shards: number): readonly unknown[] {
  const { id, type, key, schemaVersion, payload, correlationId } = event;
  const headers = outboxHeaders(type, correlationId);
  return [partitionOf(key, shards), key, id, type, schemaVersion, payload, headers];
}

/** Headers of an event as JSON, with the trace of the request that it comes from. */
export function outboxHeaders(type: string, correlationId: string): string {
  const traceparent = currentCorrelation()?.traceparent;
  return JSON.stringify({
    event_type: type,
    correlation_id: correlationId,
    ...(traceparent === undefined ? {} : { traceparent }),
  });
}
