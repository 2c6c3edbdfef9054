import { randomUUID } from "node:crypto";
import {
  type EventType,
  encodeTaskEvent,
  partitionOf,
  taskEventSchemaVersion,
  topics,
} from "@task-platform/contracts";
import { currentCorrelation } from "@task-platform/runtime";
import { type Task, toJson } from "./task.ts";

/** Columns of an outbox row, in the order of `outboxValues`. */
export const outboxColumns = "shard, key, event_id, event_type, schema_version, payload, headers";

/** Values for `outboxColumns`: the event of one change. The last value but none is `shard`, which NOTIFY carries too. */
export function outboxValues(task: Task, eventType: EventType): readonly unknown[] {
  const correlation = currentCorrelation();
  const correlationId = correlation?.correlationId ?? randomUUID();
  const eventId = randomUUID();
  const payload = encodeTaskEvent({
    event_id: eventId,
    event_type: eventType,
    task_id: task.id,
    user_id: task.userId,
    timestamp: task.updatedAt.getTime(),
    payload: JSON.stringify(toJson(task)),
    metadata: { correlation_id: correlationId, version: String(task.version) },
  });
  const headers = {
    event_type: eventType,
    correlation_id: correlationId,
    ...(correlation?.traceparent === undefined ? {} : { traceparent: correlation.traceparent }),
  };
  const shard = partitionOf(task.userId, topics.taskEvents.partitions);
  return [shard, task.userId, eventId, eventType, taskEventSchemaVersion, payload, JSON.stringify(headers)];
}
