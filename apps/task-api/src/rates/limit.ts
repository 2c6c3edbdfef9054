import { userHash } from "@task-platform/runtime/logging";
import { Problem } from "../problems/index.ts";

/** A minute: limits are told in requests a minute. */
export const rateWindowMs = 60_000;

/** What the requests of a subject are counted under, whichever way they come in. */
export const rateKey = (userId: string): string => userHash(userId);

/** The refusal of a request above the limit. */
export function rateProblem(perMinute: number, ttlMs: number): Problem {
  return new Problem("rate-limited", `at most ${perMinute} requests a minute`, {
    headers: { "retry-after": String(Math.ceil(ttlMs / 1000)) },
  });
}
