import { isTransientDatabaseError, ServiceError } from "@task-platform/runtime";
import { UnreadableEventError } from "./decode-event.ts";

/**
 * Who is to blame when an event cannot be processed:
 * `message`: it, and trying again is useless; `dependency`: something every event needs, so it waits, however long;
 * `unknown`: tried a few times, then taken for the message's fault, so that nothing blocks a partition for ever.
 */
export type Blame = "message" | "dependency" | "unknown";

/** SQLSTATE classes that speak of the values: data exception, violated constraint. */
const dataClasses: readonly string[] = ["22", "23"];

export function blameOf(error: unknown): Blame {
  if (error instanceof UnreadableEventError) return "message";
  if (error instanceof ServiceError) return error.retryable ? "dependency" : "unknown";
  if (isTransientDatabaseError(error)) return "dependency";
  const state = sqlState(error);
  if (state === undefined) return "unknown";
  // A missing table or permission is no message's fault: dead-lettering everything would be worse than waiting.
  return dataClasses.includes(state.slice(0, 2)) ? "message" : "dependency";
}

/** Word for the header of a dead letter and for metrics: few values, never a text of the message. */
export function reasonOf(error: unknown): string {
  if (error instanceof UnreadableEventError) return "unreadable";
  const state = sqlState(error);
  return state === undefined ? "failed" : `sqlstate-${state}`;
}

function sqlState(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "string") return undefined;
  return /^[0-9A-Z]{5}$/.test(error.code) ? error.code : undefined;
}
