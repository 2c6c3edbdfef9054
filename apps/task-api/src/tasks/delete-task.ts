import { outboxInsert, outboxNotify } from "@task-platform/runtime/outbox";
import type { Transaction } from "../db/index.ts";
import { changeNotice, changesChannel } from "./change-notice.ts";
import { lockTask, takeTurn } from "./rows.ts";
import type { Task } from "./task.ts";
import { taskEventValues } from "./task-event.ts";
import { checkVersion } from "./update-task.ts";

/**
 * Removes a task and adds its event, which carries the last state, inside the caller's transaction.
 *
 * @throws Problem `task-not-found`, also for the task of another user; `version-conflict` for a stale version.
 */
export async function deleteTask(
  transaction: Transaction,
  userId: string,
  id: string,
  version: number,
): Promise<Task> {
  const now = await takeTurn(transaction, userId);
  const last = checkVersion(await lockTask(transaction, userId, id), version);
  const task: Task = { ...last, version: last.version + 1, updatedAt: now };
  await transaction.query(
    `with task as (
       delete from tasks where id = $8 and user_id = $2
     ), event as (
       ${outboxInsert}
     )
     select ${outboxNotify}, pg_notify('${changesChannel}', $9)`,
    [...taskEventValues(task, "DELETED"), id, changeNotice(task, "DELETED")],
  );
  return task;
}
