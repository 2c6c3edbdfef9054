import { currentCorrelation } from "@task-platform/runtime";
import type { FastifyInstance } from "fastify";
import type { SecurityEvents } from "../events.ts";
import { authorize, identify, type Scope } from "./admit.ts";
import type { Caller, TokenVerifier } from "./token-verifier.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** Set before any handler runs, but on a public route. */
    caller: Caller;
  }
  interface FastifyContextConfig {
    /** Scope that the route demands; a route that names none is refused to everyone. */
    scope?: Scope;
    /** Answers anyone, and so tells nothing: health only. */
    public?: true;
  }
}

/** Every request is authenticated before anything else is looked at, unless its route says that it is public. */
export function authentication(app: FastifyInstance, verify: TokenVerifier, events: SecurityEvents): void {
  app.decorateRequest("caller");
  app.addHook("onRequest", async (request) => {
    if (request.routeOptions.config.public === true) return;
    request.caller = await identify(request.headers.authorization, verify, events);
    const correlation = currentCorrelation();
    if (correlation !== undefined) correlation.userId = request.caller.userId;
    // An unknown address or method has no scope to demand: it is answered as what it is.
    if (!request.is404) authorize(request.caller, request.routeOptions.config.scope, events);
  });
}
