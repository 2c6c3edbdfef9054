import type { SecurityEvents } from "../events.ts";
import { Problem } from "../problems/index.ts";
import { type Caller, type TokenVerifier, unauthenticated } from "./token-verifier.ts";

/** What a token may allow. */
export type Scope = "tasks:read" | "tasks:write";

/** Who a value of `Authorization` stands for. @throws Problem `unauthenticated` or `unavailable`. */
export async function identify(
  authorization: string | undefined,
  verify: TokenVerifier,
  events: SecurityEvents,
): Promise<Caller> {
  try {
    return await verify(bearerToken(authorization));
  } catch (error) {
    if (error instanceof Problem && error.code === "unauthenticated")
      events.authenticationFailed(error.message);
    throw error;
  }
}

/** @throws Problem `forbidden` unless the caller has the scope; nobody has a scope that is not named. */
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
