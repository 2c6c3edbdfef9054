import type { FastifyInstance, FastifyRequest } from "fastify";
import { Problem } from "../problems/index.ts";

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * Reads bodies as JSON in UTF-8, and refuses everything else before it could be read as something it is not: a compressed
 * body, another character set, bytes that are no UTF-8. A DELETE may name JSON and have no body, as some clients send it.
 */
export function readJsonBodies(app: FastifyInstance): void {
  // Refuse a body with a key such as __proto__ or constructor.prototype.
  const parse = app.getDefaultJsonParser("error", "error");
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("application/json", { parseAs: "buffer" }, (request, bytes: Buffer, done) => {
    const unsupported = unsupportedPart(request);
    if (unsupported !== undefined) return done(unsupported);
    if (bytes.length === 0 && request.method === "DELETE") return done(null, undefined);
    let text: string;
    try {
      text = utf8.decode(bytes);
    } catch {
      return done(new Problem("malformed-json", "the body is not UTF-8"));
    }
    void parse(request, text, done);
  });
}

function unsupportedPart({ headers }: FastifyRequest): Problem | undefined {
  const encoding = headers["content-encoding"]?.trim().toLowerCase() ?? "identity";
  if (encoding !== "identity") {
    return new Problem("unsupported-media-type", "send the body without Content-Encoding", {
      headers: { "accept-encoding": "identity" },
    });
  }
  const charset = /;\s*charset\s*=\s*"?([^";\s]*)/i.exec(headers["content-type"] ?? "")?.[1] ?? "utf-8";
  return /^utf-?8$/i.test(charset)
    ? undefined
    : new Problem("unsupported-media-type", "send the body in UTF-8, the character set of JSON");
}
