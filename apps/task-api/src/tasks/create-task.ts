import { randomUUID } from "node:crypto";
import { outboxInsert, outboxNotify } from "@task-platform/runtime/outbox";
import type { Transaction } from "../db/index.ts";
import { changeNotice, changesChannel } from "./change-notice.ts";
import { takeTurn } from "./rows.ts";
import type { Task } from "./task.ts";
import { taskEventValues } from "./task-event.ts";

export interface NewTask {
  readonly title: string;
  readonly description: string;
}

/** Adds a task and its event inside the caller's transaction. */
export async function createTask(transaction: Transaction, userId: string, fields: NewTask): Promise<Task> {
  const now = await takeTurn(transaction, userId);
  const task: Task = {
    id: randomUUID(),
    userId,
    title: fields.title,
    description: fields.description,
    completed: false,
    version: 1,
    createdAt: now,
    updatedAt: now,
  };
  // One statement for task, event, wake-up of the relay and notice to watchers: one round trip, and no code between them that can fail.
  // Both are delivered at commit.
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
      now,
      changeNotice(task, "CREATED"),
    ],
  );
  return task;
}
