import { currentCorrelation } from "@task-platform/runtime";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { SecurityEvents } from "../events.ts";
import { Problem } from "../problems/index.ts";
import { type Caller, type TokenVerifier, unauthenticated } from "./token-verifier.ts";

/** What a token may allow. */
export type Scope = "tasks:read" | "tasks:write";

declare module "fastify" {
  interface FastifyRequest {
    /** Set before any handler runs. */
    caller: Caller;
  }
  interface FastifyContextConfig {
    /** Scope that the route demands; a route that names none is refused to everyone. */
    scope?: Scope;
  }
}

/** Every request is authenticated before anything else is looked at; there is no public route on this port. */
export function authentication(app: FastifyInstance, verify: TokenVerifier, events: SecurityEvents): void {
  app.decorateRequest("caller");
  app.addHook("onRequest", async (request) => {
    try {
      request.caller = await verify(bearerToken(request));
    } catch (error) {
      if (error instanceof Problem && error.code === "unauthenticated")
        events.authenticationFailed(error.message);
      throw error;
    }
    const correlation = currentCorrelation();
    if (correlation !== undefined) correlation.userId = request.caller.userId;
    // An unknown address or method has no scope to demand: it is answered as what it is.
    if (!request.is404) authorize(request, events);
  });
}

function authorize(request: FastifyRequest, events: SecurityEvents): void {
  const { scope } = request.routeOptions.config;
  if (scope !== undefined && request.caller.scopes.has(scope)) return;
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

function bearerToken(request: FastifyRequest): string {
  const match = /^Bearer ([A-Za-z0-9._~+/=-]+)$/i.exec(request.headers.authorization ?? "");
  if (match?.[1] === undefined)
    throw unauthenticated("the header Authorization: Bearer is missing or malformed");
  return match[1];
}
