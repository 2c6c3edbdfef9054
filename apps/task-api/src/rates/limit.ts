import { userHash } from "@task-platform/runtime/logging";
import { Problem } from "../problems/index.ts";

/** One minute, because the limit is in requests per minute. */
export const rateWindowMs = 60_000;

/** The key under which the requests of a subject are counted, over REST and gRPC together. */
export const rateKey = (userId: string): string => userHash(userId);

/** The refusal of a request above the limit. */
export function rateProblem(perMinute: number, ttlMs: number): Problem {
  return new Problem("rate-limited", `at most ${perMinute} requests a minute`, {
    headers: { "retry-after": String(Math.ceil(ttlMs / 1000)) },
  });
}
