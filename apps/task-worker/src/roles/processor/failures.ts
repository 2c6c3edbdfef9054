import { isTransientDatabaseError } from "@task-platform/runtime/database";
import { errorCode, ServiceError } from "@task-platform/runtime/errors";
import { UnknownSchemaError, UnreadableEventError } from "./decode-event.ts";

/**
 * The cause when an event cannot be processed:
 * `message`: the event itself, so a retry is useless;
 * `dependency`: something that every event needs, so the event waits, however long;
 * `rollout`: this build is older than the event, so the event waits for the newer build;
 * `unknown`: retried a few times, then treated as the fault of the event, so that it does not block its partition.
 */
export type Blame = "message" | "dependency" | "rollout" | "unknown";

/** SQLSTATE classes about the values: data exception, violated constraint. */
const dataClasses: readonly string[] = ["22", "23"];

export function blameOf(error: unknown): Blame {
  if (error instanceof UnreadableEventError) return "message";
  if (error instanceof UnknownSchemaError) return "rollout";
  if (error instanceof ServiceError) return error.retryable ? "dependency" : "unknown";
  if (isTransientDatabaseError(error)) return "dependency";
  const state = sqlState(error);
  if (state === undefined) return "unknown";
  // A missing table or permission is not the fault of the event: waiting is better than dead-lettering every event.
  return dataClasses.includes(state.slice(0, 2)) ? "message" : "dependency";
}

/** Value for the header of a dead letter and the label of a metric: few values, never text of the event. */
export function reasonOf(error: unknown): string {
  if (error instanceof UnreadableEventError) return "unreadable";
  const state = sqlState(error);
  return state === undefined ? "failed" : `sqlstate-${state}`;
}

function sqlState(error: unknown): string | undefined {
  const code = errorCode(error);
  return code !== undefined && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
}
