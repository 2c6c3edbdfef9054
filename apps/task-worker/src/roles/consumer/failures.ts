import { isDataError, isTransientDatabaseError, sqlState } from "@task-platform/runtime/database";
import { ServiceError } from "@task-platform/runtime/errors";
import { UnknownSchemaError, UnreadableEventError } from "./decode-event.ts";

/**
 * The cause when an event cannot be processed:
 * `message`: the event itself, so a retry is useless;
 * `dependency`: something that every event needs, so the event waits, however long;
 * `rollout`: this build is older than the event, so the event waits in retry topics for the newer build, however long;
 * `unknown`: retried a few times, then in the retry topics, then treated as the fault of the event.
 */
export type Blame = "message" | "dependency" | "rollout" | "unknown";

export function blameOf(error: unknown): Blame {
  if (error instanceof UnreadableEventError) return "message";
  if (error instanceof UnknownSchemaError) return "rollout";
  if (error instanceof ServiceError) return error.retryable ? "dependency" : "unknown";
  if (isTransientDatabaseError(error)) return "dependency";
  if (sqlState(error) === undefined) return "unknown";
  // A missing table or permission is not the fault of the event: waiting is better than dead-lettering every event.
  return isDataError(error) ? "message" : "dependency";
}

/** Value for the header of a dead letter and the label of a metric: few values, never text of the event. */
export function reasonOf(error: unknown): string {
  if (error instanceof UnreadableEventError) return "unreadable";
  const state = sqlState(error);
  return state === undefined ? "failed" : `sqlstate-${state}`;
}
