import type { Metadata } from "@grpc/grpc-js";
import { type Correlation, correlationHeader, currentCorrelation } from "@task-platform/runtime";
import { authorize, type Caller, identify, type Scope } from "../auth/index.ts";
import type { Context } from "../context.ts";
import { correlationOf } from "../correlation.ts";
import { Problem } from "../problems/index.ts";
import { rateKey, rateProblem, rateWindowMs } from "../rates/index.ts";

/** What every method of the service shares. */
export interface Face {
  readonly context: Context;
  readonly requestsPerMinute: number;
}

/** One value of the metadata as text; undefined when there is none, or more than one. */
export function textIn(metadata: Metadata, name: string): string | undefined {
  const values = metadata.get(name);
  return values.length === 1 ? String(values[0]) : undefined;
}

export function correlationIn(metadata: Metadata): Correlation {
  return correlationOf(textIn(metadata, correlationHeader), textIn(metadata, "traceparent"));
}

/**
 * Lets a call in, in the order of REST: token, scope, rate, and then that the message speaks of nobody else.
 *
 * @throws Problem `unauthenticated`, `forbidden`, `rate-limited` or `unavailable`.
 */
export async function admit(
  { context, requestsPerMinute }: Face,
  metadata: Metadata,
  scope: Scope,
  message: object,
): Promise<Caller> {
  const { verifyToken, securityEvents, countRate } = context;
  const caller = await identify(textIn(metadata, "authorization"), verifyToken, securityEvents);
  const correlation = currentCorrelation();
  if (correlation !== undefined) correlation.userId = caller.userId;
  authorize(caller, scope, securityEvents);
  const { current, ttl } = await countRate(rateKey(caller.userId), rateWindowMs);
  if (current > requestsPerMinute) {
    securityEvents.rateLimited();
    throw rateProblem(requestsPerMinute, ttl);
  }
  if ("user_id" in message && message.user_id !== "" && message.user_id !== caller.userId) {
    securityEvents.authorizationDenied("user_id");
    throw new Problem("forbidden", "user_id must be empty, or the subject of the token");
  }
  return caller;
}
