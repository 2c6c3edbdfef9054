export {
  type AdminOptions,
  type AdminServer,
  type ReadinessCheck,
  startAdminServer,
} from "./admin-server.ts";
export { Counter, createRegistry, Gauge, Histogram, Registry } from "./metrics.ts";
