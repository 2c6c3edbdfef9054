import type { TaskChanges } from "./input.ts";
import { checkVersion } from "./preconditions.ts";
import { lockTask, lockUser, saveTask } from "./store/index.ts";
import { applyChanges, type Task } from "./task.ts";
import { changeTasks, type TaskContext, type TaskUser } from "./use-case.ts";

/**
 * Changes a task at the version that the caller has read. A change that changes nothing adds no event.
 *
 * @throws Problem `task-not-found`, also for the task of another user; `version-conflict` for a stale version.
 */
export async function updateTask(
  context: TaskContext,
  user: TaskUser,
  { id, version, changes }: { readonly id: string; readonly version: number; readonly changes: TaskChanges },
): Promise<Task> {
  const { userId } = user;
  const { task, eventType } = await changeTasks(context, user, async (transaction) => {
    const now = await lockUser(transaction, userId);
    const before = checkVersion(await lockTask(transaction, userId, id), version);
    const changed = applyChanges(before, changes, now);
    if (changed === undefined) return { task: before, eventType: undefined };
    await saveTask(transaction, changed.task, changed.eventType);
    return changed;
  });
  if (eventType !== undefined) context.signals.changed(task, eventType);
  if (eventType === "COMPLETED") context.taskEvents.completed(task);
  if (eventType === "UPDATED") context.taskEvents.updated(task);
  return task;
}
