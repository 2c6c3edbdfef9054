import type { EventType } from "@task-platform/contracts";
import { outboxInsert, outboxNotify } from "@task-platform/runtime/outbox";
import type { Transaction } from "../../db/index.ts";
import type { Task } from "../task.ts";
import { taskEventValues } from "../task-event.ts";
import { changeNotice, changesChannel } from "./change-notice.ts";

// Each statement writes the task and its event, wakes the relay and notifies the watchers. One statement is one round
// trip, and no code can fail between its parts. PostgreSQL delivers both notifications at commit.

export async function insertTask(transaction: Transaction, task: Task): Promise<void> {
  await transaction.query(
    `with task as (
       insert into tasks (id, user_id, title, description, created_at, updated_at)
       values ($8, $2, $9, $10, $11, $11)
     ), event as (
       ${outboxInsert}
     )
     select ${outboxNotify}, pg_notify('${changesChannel}', $12)`,
    [
      ...taskEventValues(task, "CREATED"),
      task.id,
      task.title,
      task.description,
      task.createdAt,
      changeNotice(task, "CREATED"),
    ],
  );
}

export async function saveTask(transaction: Transaction, task: Task, eventType: EventType): Promise<void> {
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
      task.id,
      task.title,
      task.description,
      task.completed,
      task.version,
      task.updatedAt,
      changeNotice(task, eventType),
    ],
  );
}

export async function removeTask(transaction: Transaction, task: Task): Promise<void> {
  await transaction.query(
    `with task as (
       delete from tasks where id = $8 and user_id = $2
     ), event as (
       ${outboxInsert}
     )
     select ${outboxNotify}, pg_notify('${changesChannel}', $9)`,
    [...taskEventValues(task, "DELETED"), task.id, changeNotice(task, "DELETED")],
  );
}
