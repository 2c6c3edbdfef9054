import type { EventType } from "@task-platform/contracts";
import { taskActivity } from "@task-platform/schema/names";
import type pg from "pg";
import type { Task } from "../task.ts";
import { type TaskRow, taskColumns, toTask } from "./rows.ts";

/** Undefined when the user has no task with this id. */
export async function findTask(pool: pg.Pool, userId: string, id: string): Promise<Task | undefined> {
  const { rows } = await pool.query<TaskRow>({
    name: "find-task",
    text: `select ${taskColumns} from tasks where id = $1 and user_id = $2`,
    values: [id, userId],
  });
  return rows[0] && toTask(rows[0]);
}

export async function countTasks(
  pool: pg.Pool,
  userId: string,
  completed: boolean | undefined,
): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    `select count(*)::integer as count from tasks
     where user_id = $1 and ($2::boolean is null or completed = $2)`,
    [userId, completed ?? null],
  );
  return rows[0]?.count ?? 0;
}

/** One event of a task, as the processor recorded it. */
export interface TaskActivity {
  readonly eventId: string;
  readonly eventType: EventType;
  readonly occurredAt: Date;
  readonly processedAt: Date;
}

/** The newest events of a task. */
export async function findActivity(
  pool: pg.Pool,
  userId: string,
  taskId: string,
  count: number,
): Promise<TaskActivity[]> {
  const { rows } = await pool.query<{
    event_id: string;
    event_type: EventType;
    occurred_at: Date;
    processed_at: Date;
  }>(
    `select event_id, event_type, occurred_at, processed_at from ${taskActivity.table}
     where task_id = $1 and user_id = $2 order by seq desc limit $3`,
    [taskId, userId, count],
  );
  return rows.map((row) => ({
    eventId: row.event_id,
    eventType: row.event_type,
    occurredAt: row.occurred_at,
    processedAt: row.processed_at,
  }));
}
