import type { EventType } from "@task-platform/contracts";
import type { TaskChanges } from "./input.ts";

/** A task of one user. */
export interface Task {
  readonly id: string;
  readonly userId: string;
  readonly title: string;
  readonly description: string;
  readonly completed: boolean;
  /** Counted from 1. ETag and If-Match hold it. */
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** A task as JSON, in REST answers and in the payload of an event. */
export interface TaskJson {
  readonly id: string;
  readonly user_id: string;
  readonly title: string;
  readonly description: string;
  readonly completed: boolean;
  readonly version: number;
  readonly created_at: string;
  readonly updated_at: string;
}

/** The members are in this order: the times are the last ones. See `timesAtEnd`. */
export function toJson(task: Task): TaskJson {
  return {
    id: task.id,
    user_id: task.userId,
    title: task.title,
    description: task.description,
    completed: task.completed,
    version: task.version,
    created_at: task.createdAt.toISOString(),
    updated_at: task.updatedAt.toISOString(),
  };
}

/** How the JSON of a new task ends. The database writes the same, because only it knows the times. */
export function timesAtEnd({ createdAt, updatedAt }: Pick<Task, "createdAt" | "updatedAt">): string {
  return `"created_at":"${createdAt.toISOString()}","updated_at":"${updatedAt.toISOString()}"}`;
}

export interface ChangedTask {
  readonly task: Task;
  readonly eventType: Extract<EventType, "UPDATED" | "COMPLETED">;
}

/** The task after the changes with its event, or undefined when nothing differs and there is nothing to publish. */
export function applyChanges(task: Task, changes: TaskChanges, now: Date): ChangedTask | undefined {
  const after: Task = {
    ...task,
    title: changes.title ?? task.title,
    description: changes.description ?? task.description,
    completed: changes.completed ?? task.completed,
    version: task.version + 1,
    updatedAt: now,
  };
  const same =
    after.title === task.title &&
    after.description === task.description &&
    after.completed === task.completed;
  if (same) return undefined;
  return { task: after, eventType: after.completed && !task.completed ? "COMPLETED" : "UPDATED" };
}
