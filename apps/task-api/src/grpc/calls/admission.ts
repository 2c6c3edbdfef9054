import type { Metadata } from "@grpc/grpc-js";
import { type Correlation, correlationHeader } from "@task-platform/runtime/logging";
import { authorize, type Caller, identify, type Scope } from "../../auth/index.ts";
import type { Context } from "../../context.ts";
import { correlationOf } from "../../correlation.ts";
import { Problem } from "../../problems/index.ts";
import { rateKey, rateProblem } from "../../rates/index.ts";

/** What every method needs to serve a call. */
export interface CallSetup {
  readonly context: Context;
  readonly requestsPerMinute: number;
}

/** The text of a metadata entry; undefined when it has no value or several. */
export function textIn(metadata: Metadata, name: string): string | undefined {
  const values = metadata.get(name);
  return values.length === 1 ? String(values[0]) : undefined;
}

export function correlationIn(metadata: Metadata): Correlation {
  return correlationOf(textIn(metadata, correlationHeader), textIn(metadata, "traceparent"));
}

/**
 * Checks a call in the order of REST: token, scope, rate. Then checks that the message names no other user.
 *
 * @throws Problem `unauthenticated`, `forbidden`, `rate-limited` or `unavailable`.
 */
export async function admit(
  { context, requestsPerMinute }: CallSetup,
  metadata: Metadata,
  scope: Scope,
  message: object,
): Promise<Caller> {
  const { verifyToken, securityEvents, countRate } = context;
  const caller = await identify(textIn(metadata, "authorization"), verifyToken, securityEvents);
  authorize(caller, scope, securityEvents);
  const { current, ttl } = await countRate(rateKey(caller.userId));
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
