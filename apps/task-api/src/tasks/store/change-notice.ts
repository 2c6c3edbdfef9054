import type { EventType } from "@task-platform/contracts";
import type { Task } from "../task.ts";

/** Every committed change is announced on this channel, to every process of the API that listens. */
export const changesChannel = "task_changes";

/** Says that a task has changed. It does not hold the task: a payload of NOTIFY is limited to 8,000 bytes. */
export interface ChangeNotice {
  readonly eventType: EventType;
  readonly taskId: string;
  readonly userId: string;
  readonly at: Date;
}

/**
 * The payload for `changesChannel`, sent after the commit, by one process in the order of its commits. It is not stored: a
 * process that does not listen misses it.
 */
export function changeNotice(task: Task, eventType: EventType): string {
  const { id, userId, updatedAt } = task;
  return JSON.stringify({ event_type: eventType, task_id: id, user_id: userId, at: updatedAt.getTime() });
}

/** Reads a payload of `changesChannel`. Only `changeNotice` writes to the channel, so the payload is not checked. */
export function readChangeNotice(payload: string): ChangeNotice {
  const { event_type, task_id, user_id, at } = JSON.parse(payload) as {
    event_type: EventType;
    task_id: string;
    user_id: string;
    at: number;
  };
  return { eventType: event_type, taskId: task_id, userId: user_id, at: new Date(at) };
}
