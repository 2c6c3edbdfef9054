import {
  type Correlation,
  correlationHeader,
  type Logger,
  withCorrelation,
} from "@task-platform/runtime/logging";
import type { FastifyInstance } from "fastify";
import { correlationOf } from "../../correlation.ts";

declare module "fastify" {
  interface FastifyRequest {
    correlation: Correlation;
  }
}

/**
 * Gives every request its correlation: the caller's id where it is usable, else a new one; it is sent back, and it
 * stands in the one line that is logged for each request.
 */
export function correlate(app: FastifyInstance, logger: Logger): void {
  app.decorateRequest("correlation");
  app.addHook("onRequest", (request, reply, done) => {
    const { headers } = request;
    request.correlation = correlationOf(headers[correlationHeader], headers.traceparent);
    reply.header(correlationHeader, request.correlation.correlationId);
    withCorrelation(request.correlation, done);
  });
  // Fastify itself carries this over the events of the socket in which a body arrives; a test holds it to that.
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
