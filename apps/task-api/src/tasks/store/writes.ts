import type { EventType } from "@task-platform/contracts";
import { outboxInsert } from "@task-platform/runtime/outbox";
import type { Transaction } from "../../db/index.ts";
import type { Task } from "../task.ts";
import { taskEventValues } from "../task-event.ts";

// Each statement writes the task and its event. One statement is one round trip, and no code can fail between its parts.

export async function saveTask(transaction: Transaction, task: Task, eventType: EventType): Promise<void> {
  await transaction.query({
    name: "save-task",
    text: `with task as (
       update tasks set title = $9, description = $10, completed = $11, version = $12, updated_at = $13
       where id = $8 and user_id = $2
     )
     ${outboxInsert}`,
    values: [
      ...taskEventValues(task, eventType),
      task.id,
      task.title,
      task.description,
      task.completed,
      task.version,
      task.updatedAt,
    ],
  });
}

export async function removeTask(transaction: Transaction, task: Task): Promise<void> {
  await transaction.query({
    name: "remove-task",
    text: `with task as (
       delete from tasks where id = $8 and user_id = $2
     )
     ${outboxInsert}`,
    values: [...taskEventValues(task, "DELETED"), task.id],
  });
}
