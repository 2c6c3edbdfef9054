import type { FastifyInstance, FastifyRequest } from "fastify";
import { Problem } from "../problems/index.ts";

/**
 * Answers for what is not served: 405 where the address exists for other methods, else 404. Call before any route is
 * added: it learns the routes as they come.
 */
export function answerUnknown(app: FastifyInstance): void {
  const known = new Map<string, { readonly pattern: RegExp; readonly methods: Set<string> }>();
  app.addHook("onRoute", ({ url, method }) => {
    const entry = known.get(url) ?? { pattern: patternOf(url), methods: new Set() };
    for (const one of [method].flat()) entry.methods.add(one);
    known.set(url, entry);
  });
  // Before the body: what is sent to a wrong address is not read.
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

/** Only parameters of the form `:name` occur. */
function patternOf(url: string): RegExp {
  return new RegExp(`^${url.replaceAll(/:[a-z]+/g, "[^/]+")}$`);
}
