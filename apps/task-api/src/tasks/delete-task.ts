import { checkVersion } from "./preconditions.ts";
import { lockTask, lockUser, removeTask } from "./store/index.ts";
import type { Task } from "./task.ts";
import { changeTasks, type TaskContext, type TaskUser } from "./use-case.ts";

/**
 * Deletes a task at the version that the caller has read. The event holds the last state of the task.
 *
 * @throws Problem `task-not-found`, also for the task of another user; `version-conflict` for a stale version.
 */
export async function deleteTask(
  context: TaskContext,
  user: TaskUser,
  { id, version }: { readonly id: string; readonly version: number },
): Promise<void> {
  const { userId } = user;
  const task = await changeTasks(context, user, async (transaction) => {
    const now = await lockUser(transaction, userId);
    const last = checkVersion(await lockTask(transaction, userId, id), version);
    const deleted: Task = { ...last, version: last.version + 1, updatedAt: now };
    await removeTask(transaction, deleted);
    return deleted;
  });
  context.signals.changed(task, "DELETED");
  context.taskEvents.deleted(task);
}
