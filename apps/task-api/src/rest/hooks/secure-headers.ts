import type { FastifyInstance } from "fastify";

/** An answer holds the data of one user and is read by a program: do not cache, render or frame it. No CORS header, so no browser page can read it. */
export const secureHeaderValues = {
  "cache-control": "no-store",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  // Two years, as the preload lists of browsers recommend.
  "strict-transport-security": "max-age=63072000; includeSubDomains",
  "x-content-type-options": "nosniff",
} as const;

export function secureHeaders(app: FastifyInstance): void {
  app.addHook("onRequest", (_request, reply, done) => {
    reply.headers(secureHeaderValues);
    done();
  });
}
