import { Problem } from "../problems/index.ts";

/** A create takes milliseconds, so it is done when the client retries after one second. */
const retryAfterSeconds = "1";

/** Text whose hash is the advisory lock of a key. An earlier release takes the same lock for REST. */
export function lockOfKey(userId: string, key: string): string {
  return JSON.stringify([userId, "POST /v1/tasks", key]);
}

export function requestInProgress(): Problem {
  return new Problem("request-in-progress", "the first request with this key is still running", {
    headers: { "retry-after": retryAfterSeconds },
  });
}

export function keyReused(): Problem {
  return new Problem(
    "idempotency-key-reused",
    "this key was used for a request with another body; use a new key",
  );
}
