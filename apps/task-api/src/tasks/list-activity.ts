import { fromReader } from "../db/index.ts";
import { checkFound } from "./preconditions.ts";
import { findActivity, findTask, type TaskActivity } from "./store/index.ts";
import type { TaskContext, TaskUser } from "./use-case.ts";

/** Entries in one answer; older entries stay in the table. */
export const mostActivity = 100;

/**
 * The events of a task that the processor has recorded so far, newest first. A recent change may not be there yet.
 * The entries of a deleted task stay.
 *
 * @throws Problem `task-not-found` when the user neither has nor had a task with this id.
 */
export function listActivity(
  { database }: Pick<TaskContext, "database">,
  { userId }: TaskUser,
  taskId: string,
): Promise<TaskActivity[]> {
  return fromReader(database, async (reader) => {
    const entries = await findActivity(reader, userId, taskId, mostActivity);
    if (entries.length === 0) checkFound(await findTask(reader, userId, taskId));
    return entries;
  });
}
