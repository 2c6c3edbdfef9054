export { startAdminServer } from "./admin-server.ts";
export { Counter, createMetricsRegistry, Gauge, Histogram, MetricsRegistry } from "./metrics.ts";
