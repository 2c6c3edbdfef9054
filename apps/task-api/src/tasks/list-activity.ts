import type { EventType } from "@task-platform/contracts";
import { taskActivityTable } from "@task-platform/schema/names";
import type { Transaction } from "../db/index.ts";
import { Problem } from "../problems/index.ts";

/** One event of a task, as the processor recorded it. */
export interface TaskActivity {
  readonly eventId: string;
  readonly eventType: EventType;
  readonly occurredAt: Date;
  readonly processedAt: Date;
}

/** What one answer holds; older entries stay in the table. */
export const mostActivity = 100;

/**
 * What the processor has recorded of a task so far, newest first; it trails the task by what is still on its way.
 * A deleted task keeps its record.
 *
 * @throws Problem `task-not-found` when the user neither has nor had a task of this id.
 */
export async function listActivity(
  reader: Transaction,
  userId: string,
  taskId: string,
): Promise<TaskActivity[]> {
  const { rows } = await reader.query<{
    event_id: string;
    event_type: EventType;
    occurred_at: Date;
    processed_at: Date;
  }>(
    `select event_id, event_type, occurred_at, processed_at from ${taskActivityTable}
     where task_id = $1 and user_id = $2 order by seq desc limit $3`,
    [taskId, userId, mostActivity],
  );
  if (rows.length === 0) {
    const task = await reader.query("select from tasks where id = $1 and user_id = $2", [taskId, userId]);
    if (task.rows.length === 0) throw new Problem("task-not-found", "no task of yours has this id");
  }
  return rows.map((row) => ({
    eventId: row.event_id,
    eventType: row.event_type,
    occurredAt: row.occurred_at,
    processedAt: row.processed_at,
  }));
}
