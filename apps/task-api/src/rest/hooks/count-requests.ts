import type { FastifyInstance, FastifyRequest } from "fastify";
import type { RequestMetrics } from "../../request-metrics.ts";

/** Counts every request except health checks: they always succeed, so they would lower the error rate. */
export function countRequests(app: FastifyInstance, metrics: RequestMetrics): void {
  const running = new WeakMap<FastifyRequest, () => void>();
  const end = (request: FastifyRequest): void => {
    // An aborted request may still be answered. It must be counted as ended once.
    running.get(request)?.();
    running.delete(request);
  };
  app.addHook("onRequest", (request, _reply, done) => {
    if (request.routeOptions.config.public !== true) running.set(request, metrics.begin());
    done();
  });
  app.addHook("onResponse", (request, reply, done) => {
    end(request);
    if (request.routeOptions.config.public !== true) {
      const route = request.routeOptions.url ?? "none";
      const labels = { method: request.method, route, status: String(reply.statusCode) };
      metrics.answered(labels, reply.elapsedTime);
    }
    done();
  });
  app.addHook("onRequestAbort", (request, done) => {
    end(request);
    done();
  });
}
