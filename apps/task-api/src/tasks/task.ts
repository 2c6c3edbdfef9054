import type { EventType } from "@task-platform/contracts";

/** A task of one user. */
export interface Task {
  readonly id: string;
  readonly userId: string;
  readonly title: string;
  readonly description: string;
  readonly completed: boolean;
  /** Counted from 1; what ETag and If-Match carry. */
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** What a caller may change; what is absent stays as it is. */
export interface TaskChanges {
  readonly title?: string;
  readonly description?: string;
  readonly completed?: boolean;
}

/** A task as it goes over REST and into the payload of an event. */
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

/**
 * The task after the changes and the one event that tells of them, or undefined when nothing differs: an event for
 * nothing would wake every consumer for nothing.
 */
export function applyChanges(
  task: Task,
  changes: TaskChanges,
  now: Date,
): { readonly task: Task; readonly eventType: EventType } | undefined {
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
