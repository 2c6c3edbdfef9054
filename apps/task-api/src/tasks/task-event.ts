import { randomUUID } from "node:crypto";
import {
  type EventType,
  encodeTaskEvent,
  partitionOf,
  splitTaskEvent,
  type TaskEvent,
  taskEventSchemaVersion,
  topics,
} from "@task-platform/contracts";
import { currentCorrelation } from "@task-platform/runtime/logging";
import { outboxHeaders, outboxValues } from "@task-platform/runtime/outbox";
import { type Task, timesAtEnd, toJson } from "./task.ts";

const shards = topics.taskEvents.partitions;

/** Values of `outboxInsert` for the event of one change of a task. */
export function taskEventValues(task: Task, eventType: EventType): readonly unknown[] {
  const event = eventOf(task, eventType);
  const { event_id: id, user_id: key, metadata } = event;
  return outboxValues(
    {
      id,
      type: eventType,
      key,
      schemaVersion: taskEventSchemaVersion,
      payload: encodeTaskEvent(event),
      correlationId: metadata.correlation_id,
    },
    shards,
  );
}

/** The event of a new task, encoded except for its time; see `splitTaskEvent`. */
export interface NewTaskEvent {
  readonly shard: number;
  readonly eventId: string;
  readonly eventHead: Buffer;
  readonly eventMiddle: Buffer;
  readonly eventTail: Buffer;
  readonly eventHeaders: string;
  /** JSON of the task up to its times. */
  readonly taskHead: string;
}

/** The event of a new task whose times are known only in the database. The times of `task` only stand for their length. */
export function newTaskEvent(task: Task): NewTaskEvent {
  const event = eventOf(task, "CREATED");
  const { head, middle, tail } = splitTaskEvent(event);
  return {
    shard: partitionOf(task.userId, shards),
    eventId: event.event_id,
    eventHead: head,
    eventMiddle: middle,
    eventTail: tail,
    eventHeaders: outboxHeaders(event.event_type, event.metadata.correlation_id),
    taskHead: event.payload.slice(0, -timesAtEnd(task).length),
  };
}

function eventOf(task: Task, eventType: EventType) {
  const correlationId = currentCorrelation()?.correlationId ?? randomUUID();
  return {
    event_id: randomUUID(),
    event_type: eventType,
    task_id: task.id,
    user_id: task.userId,
    timestamp: task.updatedAt.getTime(),
    payload: JSON.stringify(toJson(task)),
    metadata: { correlation_id: correlationId, version: String(task.version) },
  } satisfies TaskEvent;
}
