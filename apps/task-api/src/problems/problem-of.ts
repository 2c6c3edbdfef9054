import { isTransientDatabaseError } from "@task-platform/runtime/database";
import { Problem } from "./problem.ts";

/** Enough to reconnect. A failover of the database takes longer, and the client then retries more than once. */
const retryAfterSeconds = "2";

/**
 * The refusal for any error. The text of an unexpected error is not sent to the caller, because it may hold names of
 * hosts, tables or files.
 */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (isTransientDatabaseError(error)) {
    return new Problem("unavailable", "the service cannot reach its data now", {
      headers: { "retry-after": retryAfterSeconds },
    });
  }
  return new Problem("internal", "the service failed; it has been recorded under the correlation id");
}
