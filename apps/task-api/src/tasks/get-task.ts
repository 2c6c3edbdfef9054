import { checkFound } from "./preconditions.ts";
import { findTask } from "./store/index.ts";
import type { Task } from "./task.ts";
import type { TaskContext, TaskUser } from "./use-case.ts";

/**
 * Reads a task from the primary, so that a caller reads what it has written.
 *
 * @throws Problem `task-not-found`, also for the task of another user.
 */
export async function getTask(
  { database }: Pick<TaskContext, "database">,
  { userId }: TaskUser,
  id: string,
): Promise<Task> {
  return checkFound(await findTask(database.primary, userId, id));
}
