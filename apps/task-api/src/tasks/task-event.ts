import { randomUUID } from "node:crypto";
import {
  type EventType,
  encodeTaskEvent,
  splitTaskEvent,
  type TaskEvent,
  taskEventSchemaVersion,
  topics,
} from "@task-platform/contracts";
import { currentCorrelation } from "@task-platform/runtime/logging";
import { outboxValues } from "@task-platform/runtime/outbox";
import { type Task, timesAtEnd, toJson } from "./task.ts";

/** Values of `outboxInsert` for the event of one change of a task. */
export function taskEventValues(task: Task, eventType: EventType): readonly unknown[] {
  const event = eventOf(task, eventType, JSON.stringify(toJson(task)));
  return valuesOf(event, encodeTaskEvent(event));
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
  const json = JSON.stringify(toJson(task));
  const event = eventOf(task, "CREATED", json);
  const { head, middle, tail } = splitTaskEvent(event);
  const [shard, , eventId, , , , eventHeaders] = valuesOf(event, head);
  return {
    shard: Number(shard),
    eventId: String(eventId),
    eventHead: head,
    eventMiddle: middle,
    eventTail: tail,
    eventHeaders: String(eventHeaders),
    taskHead: json.slice(0, -timesAtEnd(task).length),
  };
}

function eventOf(
  task: Task,
  eventType: EventType,
  payload: string,
): TaskEvent & { readonly payload: string } {
  const correlationId = currentCorrelation()?.correlationId ?? randomUUID();
  return {
    event_id: randomUUID(),
    event_type: eventType,
    task_id: task.id,
    user_id: task.userId,
    timestamp: task.updatedAt.getTime(),
    payload,
    metadata: { correlation_id: correlationId, version: String(task.version) },
  };
}

function valuesOf(event: TaskEvent, payload: Buffer): readonly unknown[] {
  return outboxValues(
    {
      id: event.event_id,
      type: event.event_type,
      key: event.user_id,
      schemaVersion: taskEventSchemaVersion,
      payload,
      correlationId: event.metadata.correlation_id ?? "",
    },
    topics.taskEvents.partitions,
  );
}
