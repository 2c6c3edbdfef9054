import type { Database } from "@task-platform/runtime/database";
import { unreachable } from "@task-platform/runtime/errors";
import { Problem } from "../../problems/index.ts";
import { type ChangeNotice, getTask } from "../../tasks/index.ts";
import { type TaskEventMessage, type TaskMessage, toTaskMessage, toTimestamp } from "../messages.ts";

/**
 * The event of a notice, with the current state of the task, which is never older than the change. Undefined when the
 * task has been deleted since; the notice of the deletion follows.
 */
export async function toEvent(
  database: Database,
  { eventType, taskId, userId, at }: ChangeNotice,
): Promise<TaskEventMessage | undefined> {
  const timestamp = toTimestamp(at);
  switch (eventType) {
    case "DELETED":
      return { event_type: "deleted", task: deletedTask(taskId, userId), timestamp };
    case "CREATED":
    case "UPDATED":
    case "COMPLETED":
      break;
    default:
      unreachable(eventType);
  }
  try {
    const task = toTaskMessage(await getTask({ database }, { userId }, taskId));
    return { event_type: eventType === "CREATED" ? "created" : "updated", task, timestamp };
  } catch (error) {
    if (error instanceof Problem && error.code === "task-not-found") return undefined;
    throw error;
  }
}

/** Only the ids of a deleted task are left. */
function deletedTask(id: string, userId: string): TaskMessage {
  return {
    id,
    user_id: userId,
    title: "",
    description: "",
    completed: false,
    created_at: null,
    updated_at: null,
  };
}
