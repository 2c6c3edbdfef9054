export {
  type AdminOptions,
  type AdminServer,
  type ReadinessCheck,
  startAdminServer,
} from "./admin-server.ts";
export { Counter, createMetricsRegistry, Gauge, Histogram, MetricsRegistry } from "./metrics.ts";
