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

/**
 * Authenticates every request first, unless its route is public. Call it before any route is added.
 *
 * @throws Error when a route is added that says neither which scope it requires nor that it is public, or says both: the
 *   service then does not start. Should such a route be served all the same, it is refused to everyone.
 */
export function authenticate(app: FastifyInstance, verify: TokenVerifier, events: SecurityEvents): void {
  app.decorateRequest("caller");
  app.addHook("onRoute", ({ method, url, config = {} }) => {
    const given = [config.scope, config.public].filter((one) => one !== undefined).length;
    if (given === 1) return;
    throw new Error(
      `${[method].flat().join(", ")} ${url}: config: got ${given === 0 ? "neither scope nor public" : "both scope and public"}; allowed: one of them; name the scope that the route requires`,
    );
  });
  app.addHook("onRequest", async (request) => {
    if (request.routeOptions.config.public === true) return;
    request.caller = await identify(request.headers.authorization, verify, events);
    // An unknown address or method requires no scope: the answer is 404 or 405.
    if (!request.is404) authorize(request.caller, request.routeOptions.config.scope, events);
  });
}
