import type { Transaction } from "../db/index.ts";
import { Problem } from "../problems/index.ts";
import { type TaskRow, taskColumns, toTask } from "./rows.ts";
import type { Task } from "./task.ts";

/**
 * The task as the primary has it, so that a caller reads what it has written.
 *
 * @throws Problem `task-not-found`, also for the task of another user.
 */
export async function getTask(primary: Transaction, userId: string, id: string): Promise<Task> {
  const { rows } = await primary.query<TaskRow>(
    `select ${taskColumns} from tasks where id = $1 and user_id = $2`,
    [id, userId],
  );
  if (rows[0] === undefined) throw new Problem("task-not-found", "no task of yours has this id");
  return toTask(rows[0]);
}
