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
 * Gives every request its correlation, returns the id in a header, and logs one line with it when the request has been
 * answered.
 */
export function correlate(app: FastifyInstance, logger: Logger): void {
  app.decorateRequest("correlation");
  app.addHook("onRequest", (request, reply, done) => {
    const { headers } = request;
    request.correlation = correlationOf(headers[correlationHeader], headers.traceparent);
    reply.header(correlationHeader, request.correlation.correlationId);
    // Fastify keeps this async context while the body arrives in events of the socket. A test checks that.
    withCorrelation(request.correlation, done);
  });
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
