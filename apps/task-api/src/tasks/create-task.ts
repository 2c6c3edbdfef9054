import { randomUUID } from "node:crypto";
import type { Transaction } from "../db/index.ts";
import { changeNotice, changesChannel } from "./change-notice.ts";
import { outboxColumns, outboxValues } from "./outbox-row.ts";
import { takeTurn } from "./rows.ts";
import type { Task } from "./task.ts";

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
       insert into outbox (${outboxColumns}) values ($1, $2, $3, $4, $5, $6, $7)
     )
     select pg_notify('outbox', ($1::smallint)::text), pg_notify('${changesChannel}', $12)`,
    [
      ...outboxValues(task, "CREATED"),
      task.id,
      task.title,
      task.description,
      now,
      changeNotice(task, "CREATED"),
    ],
  );
  return task;
}
