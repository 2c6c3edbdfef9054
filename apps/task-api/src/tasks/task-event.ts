import { randomUUID } from "node:crypto";
import { type EventType, encodeTaskEvent, taskEventSchemaVersion, topics } from "@task-platform/contracts";
import { currentCorrelation } from "@task-platform/runtime/logging";
import { outboxValues } from "@task-platform/runtime/outbox";
import { type Task, toJson } from "./task.ts";

/** Values of `outboxInsert` for the event of one change of a task. */
export function taskEventValues(task: Task, eventType: EventType): readonly unknown[] {
  const id = randomUUID();
  const correlationId = currentCorrelation()?.correlationId ?? randomUUID();
  const payload = encodeTaskEvent({
    event_id: id,
    event_type: eventType,
    task_id: task.id,
    user_id: task.userId,
    timestamp: task.updatedAt.getTime(),
    payload: JSON.stringify(toJson(task)),
    metadata: { correlation_id: correlationId, version: String(task.version) },
  });
  return outboxValues(
    {
      id,
      type: eventType,
      key: task.userId,
      schemaVersion: taskEventSchemaVersion,
      payload,
      correlationId,
    },
    topics.taskEvents.partitions,
  );
}
