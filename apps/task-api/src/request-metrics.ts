import { Counter, Gauge, Histogram, type MetricsRegistry } from "@task-platform/runtime/admin";

/** Bounds around the objectives: p99 below 0.5 s, ticket at 1 s, page at 5 s. */
const durationBucketsSeconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const labelNames = ["method", "route", "status"] as const;

/** The status is an HTTP status, also for gRPC, so that one alert rule covers both. */
type RequestLabels = Readonly<Record<(typeof labelNames)[number], string>>;

/** Rate, errors and duration of requests. The label is the pattern of the route, because there is no limit to the number of addresses. */
export interface RequestMetrics {
  /** Counts a request as active. Call the result once when the request has ended, whatever its outcome. */
  begin(): () => void;
  answered(labels: RequestLabels, durationMs: number): void;
  /** A stream was opened or refused. Its duration is not comparable with that of a request, so it is not measured. */
  opened(labels: RequestLabels): void;
  /** A request was refused before its method and its route were known. */
  refused(status: string): void;
}

export function createRequestMetrics(metricsRegistry: MetricsRegistry): RequestMetrics {
  const registers = [metricsRegistry];
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
  return {
    begin: () => {
      active.inc();
      return () => active.dec();
    },
    answered: (labels, durationMs) => {
      total.inc(labels);
      duration.observe(labels, durationMs / 1000);
    },
    opened: (labels) => total.inc(labels),
    refused: (status) => total.inc({ method: "none", route: "none", status }),
  };
}
