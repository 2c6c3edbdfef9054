import type { EventType } from "@task-platform/contracts";
import type { Task } from "./task.ts";

/** Channel of PostgreSQL on which every committed change of a task is told to the processes of the API. */
export const changesChannel = "task_changes";

/** That a task has changed. Not what it is now: a notification holds 8,000 bytes, a task may be longer. */
export interface ChangeNotice {
  readonly eventType: EventType;
  readonly taskId: string;
  readonly userId: string;
  readonly at: Date;
}

/**
 * Payload for `changesChannel`, sent in the transaction of the change: it is delivered at commit, in the order of the
 * commits, and not at all after a rollback. Nobody keeps it: who does not listen has missed it.
 */
export function changeNotice(task: Task, eventType: EventType): string {
  const { id, userId, updatedAt } = task;
  return JSON.stringify({ event_type: eventType, task_id: id, user_id: userId, at: updatedAt.getTime() });
}

/** The notice of a payload; only `changeNotice` writes to the channel. */
export function readChangeNotice(payload: string): ChangeNotice {
  const { event_type, task_id, user_id, at } = JSON.parse(payload) as {
    event_type: EventType;
    task_id: string;
    user_id: string;
    at: number;
  };
  return { eventType: event_type, taskId: task_id, userId: user_id, at: new Date(at) };
}
