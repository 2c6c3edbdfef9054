import type { Task } from "../task.ts";

export const taskColumns = "id, user_id, title, description, completed, version, created_at, updated_at";

/** A row of `taskColumns`. */
export interface TaskRow {
  readonly id: string;
  readonly user_id: string;
  readonly title: string;
  readonly description: string;
  readonly completed: boolean;
  readonly version: number;
  readonly created_at: Date;
  readonly updated_at: Date;
}

export function toTask(row: TaskRow): Task {
  return {
    id: row.id,
    userId: row.user_id,
    title: row.title,
    description: row.description,
    completed: row.completed,
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
