import type { FastifyInstance, FastifyRequest } from "fastify";
import { Problem } from "../problems/index.ts";

/**
 * Answers requests that match no route: 405 when the address exists for other methods, otherwise 404. Call it before any
 * route is added, because it collects the routes as they are added.
 */
export function answerUnknown(app: FastifyInstance): void {
  const known = new Map<string, { readonly pattern: RegExp; readonly methods: Set<string> }>();
  app.addHook("onRoute", ({ url, method }) => {
    const entry = known.get(url) ?? { pattern: patternOf(url), methods: new Set() };
    for (const one of [method].flat()) entry.methods.add(one);
    known.set(url, entry);
  });
  // Before the body is read: the body of such a request is not needed.
  app.addHook("onRequest", (request, _reply, done) => {
    if (request.is404) done(refusal(request));
    else done();
  });
  const refusal = ({ url, method }: FastifyRequest): Problem => {
    const path = url.split("?")[0] ?? "";
    const methods = [...known.values()].find(({ pattern }) => pattern.test(path))?.methods;
    if (methods === undefined || methods.has(method)) {
      return new Problem("not-found", "nothing is served at this address");
    }
    const allow = [...methods].toSorted().join(", ");
    return new Problem("method-not-allowed", `allowed here: ${allow}`, { headers: { allow } });
  };
}

/** The routes use only parameters of the form `:name`. */
function patternOf(url: string): RegExp {
  return new RegExp(`^${url.replaceAll(/:[a-z]+/g, "[^/]+")}$`);
}
