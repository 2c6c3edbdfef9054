import { Counter, Gauge, Histogram, type Registry } from "@task-platform/runtime";
import type { FastifyInstance, FastifyRequest } from "fastify";

/** Around the objectives: p99 below 0.5 s, alert at 1 s, page at 5 s. */
const durationBucketsSeconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const labelNames = ["method", "route", "status"] as const;

/** Rate, errors and duration of requests, by the pattern of the route and never by the address, which has no end. */
export function countRequests(app: FastifyInstance, registry: Registry): void {
  const registers = [registry];
  const total = new Counter({
    name: "http_requests_total",
    help: "Requests answered.",
    labelNames,
    registers,
  });
  const duration = new Histogram({
    name: "http_request_duration_seconds",
    help: "Time from the first byte of a request to the last of its answer.",
    labelNames,
    buckets: durationBucketsSeconds,
    registers,
  });
  const active = new Gauge({ name: "http_requests_active", help: "Requests being answered.", registers });
  const running = new WeakSet<FastifyRequest>();
  const end = (request: FastifyRequest): void => {
    // A request that is broken off may be answered all the same: it ends once.
    if (running.delete(request)) active.dec();
  };
  app.addHook("onRequest", (request, _reply, done) => {
    running.add(request);
    active.inc();
    done();
  });
  app.addHook("onResponse", (request, reply, done) => {
    const route = request.routeOptions.url ?? "none";
    const labels = { method: request.method, route, status: String(reply.statusCode) };
    end(request);
    total.inc(labels);
    duration.observe(labels, reply.elapsedTime / 1000);
    done();
  });
  app.addHook("onRequestAbort", (request, done) => {
    end(request);
    done();
  });
}
