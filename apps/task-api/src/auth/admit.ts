import { currentCorrelation } from "@task-platform/runtime/logging";
import { Problem } from "../problems/index.ts";
import type { SecurityEvents } from "../security-events.ts";
import { type Caller, type TokenVerifier, unauthenticated } from "./token-verifier.ts";

/** A permission that a token can hold. */
export type Scope = "tasks:read" | "tasks:write";

/**
 * Authenticates the caller by the value of `Authorization`, and adds the caller to the correlation.
 *
 * @throws Problem `unauthenticated` or `unavailable`.
 */
export async function identify(
  authorization: string | undefined,
  verify: TokenVerifier,
  events: SecurityEvents,
): Promise<Caller> {
  try {
    const caller = await verify(bearerToken(authorization));
    const correlation = currentCorrelation();
    if (correlation !== undefined) correlation.userId = caller.userId;
    return caller;
  } catch (error) {
    if (error instanceof Problem && error.code === "unauthenticated")
      events.authenticationFailed(error.message);
    throw error;
  }
}

/** @throws Error for what is registered without a scope. Types are not checked at run time. */
export function requireScope(scope: Scope | undefined): void {
  if (scope !== undefined) return;
  throw new Error(
    "a method: scope: got none; allowed: tasks:read, tasks:write; name the scope that it requires",
  );
}

/** @throws Problem `forbidden` unless the caller has the scope. A route without a scope is forbidden to everyone. */
export function authorize(caller: Caller, scope: Scope | undefined, events: SecurityEvents): void {
  if (scope !== undefined && caller.scopes.has(scope)) return;
  events.authorizationDenied(scope ?? "none");
  throw new Problem(
    "forbidden",
    scope === undefined ? "no token allows this" : `the token lacks the scope ${scope}`,
    {
      headers: {
        "www-authenticate": `Bearer error="insufficient_scope"${scope ? `, scope="${scope}"` : ""}`,
      },
    },
  );
}

function bearerToken(authorization: string | undefined): string {
  const match = /^Bearer ([A-Za-z0-9._~+/=-]+)$/i.exec(authorization ?? "");
  if (match?.[1] === undefined)
    throw unauthenticated("the header Authorization: Bearer is missing or malformed");
  return match[1];
}
