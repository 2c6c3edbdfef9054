import { randomUUID } from "node:crypto";
import { type Correlation, correlationHeader, type Logger, withCorrelation } from "@task-platform/runtime";
import type { FastifyInstance, FastifyRequest } from "fastify";

declare module "fastify" {
  interface FastifyRequest {
    correlation: Correlation;
  }
}

/** What may come in from outside and go into logs, headers and events as it is. */
const idPattern = /^[A-Za-z0-9._:-]{1,128}$/;
const traceparentPattern = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

/**
 * Gives every request its correlation: the caller's id where it is usable, else a new one; it is sent back, and it
 * stands in the one line that is logged for each request.
 */
export function correlate(app: FastifyInstance, logger: Logger): void {
  app.decorateRequest("correlation");
  app.addHook("onRequest", (request, reply, done) => {
    request.correlation = read(request);
    reply.header(correlationHeader, request.correlation.correlationId);
    withCorrelation(request.correlation, done);
  });
  // The body arrives in events of the socket, which belong to no request: it is entered again behind them.
  app.addHook("preValidation", (request, _reply, done) => withCorrelation(request.correlation, done));
  app.addHook("onResponse", (request, reply, done) => {
    const fields = {
      method: request.method,
      route: request.routeOptions.url ?? "none",
      status: reply.statusCode,
      duration_ms: Math.round(reply.elapsedTime),
    };
    withCorrelation(request.correlation, () => logger.info(fields, "request answered"));
    done();
  });
}

function read({ headers }: FastifyRequest): Correlation {
  const id = headers[correlationHeader];
  const traceparent = headers.traceparent;
  return {
    correlationId: typeof id === "string" && idPattern.test(id) ? id : randomUUID(),
    ...(typeof traceparent === "string" && traceparentPattern.test(traceparent) ? { traceparent } : {}),
  };
}
