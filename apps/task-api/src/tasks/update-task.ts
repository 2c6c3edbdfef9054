import { outboxInsert, outboxNotify } from "@task-platform/runtime/outbox";
import type { Transaction } from "../db/index.ts";
import { Problem } from "../problems/index.ts";
import { changeNotice, changesChannel } from "./change-notice.ts";
import { lockTask, takeTurn } from "./rows.ts";
import { applyChanges, type Task, type TaskChanges } from "./task.ts";
import { taskEventValues } from "./task-event.ts";

/** What became of an update. */
export interface UpdatedTask {
  readonly task: Task;
  readonly change: "none" | "updated" | "completed";
}

/**
 * Changes a task and adds its event inside the caller's transaction.
 *
 * @throws Problem `task-not-found`, also for the task of another user; `version-conflict` for a stale version.
 */
export async function updateTask(
  transaction: Transaction,
  userId: string,
  id: string,
  version: number,
  changes: TaskChanges,
): Promise<UpdatedTask> {
  const now = await takeTurn(transaction, userId);
  const before = checkVersion(await lockTask(transaction, userId, id), version);
  const changed = applyChanges(before, changes, now);
  if (changed === undefined) return { task: before, change: "none" };
  const { task, eventType } = changed;
  await transaction.query(
    `with task as (
       update tasks set title = $9, description = $10, completed = $11, version = $12, updated_at = $13
       where id = $8 and user_id = $2
     ), event as (
       ${outboxInsert}
     )
     select ${outboxNotify}, pg_notify('${changesChannel}', $14)`,
    [
      ...taskEventValues(task, eventType),
      id,
      task.title,
      task.description,
      task.completed,
      task.version,
      now,
      changeNotice(task, eventType),
    ],
  );
  return { task, change: eventType === "COMPLETED" ? "completed" : "updated" };
}

/** @throws Problem unless there is a task and it is at the version the caller has seen. */
export function checkVersion(task: Task | undefined, version: number): Task {
  if (task === undefined) throw new Problem("task-not-found", "no task of yours has this id");
  if (task.version !== version) {
    throw new Problem(
      "version-conflict",
      `the task is at version ${task.version}, the request is for ${version}`,
      {
        headers: { etag: `"${task.version}"` },
      },
    );
  }
  return task;
}
