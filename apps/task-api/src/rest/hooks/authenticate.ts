import type { FastifyInstance } from "fastify";
import { authorize, type Caller, identify, type Scope, type TokenVerifier } from "../../auth/index.ts";
import type { SecurityEvents } from "../../security-events.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** Set before the handler runs, except on a public route. */
    caller: Caller;
  }
  interface FastifyContextConfig {
    /** The scope that the route requires. A route without one is refused to everyone. */
    scope?: Scope;
    /** The route needs no token. Only for health, which discloses nothing. */
    public?: true;
  }
}

/** Authenticates every request first, unless its route is public. */
export function authenticate(app: FastifyInstance, verify: TokenVerifier, events: SecurityEvents): void {
  app.decorateRequest("caller");
  app.addHook("onRequest", async (request) => {
    if (request.routeOptions.config.public === true) return;
    request.caller = await identify(request.headers.authorization, verify, events);
    // An unknown address or method requires no scope: the answer is 404 or 405.
    if (!request.is404) authorize(request.caller, request.routeOptions.config.scope, events);
  });
}
