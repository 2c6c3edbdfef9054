import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry as MetricsRegistry } from "prom-client";

export { Counter, Gauge, Histogram, MetricsRegistry };

/** Each service object has its own metrics registry, so that tests can run two services in one process. */
export function createMetricsRegistry(service: string): MetricsRegistry {
  const metricsRegistry = new MetricsRegistry();
  metricsRegistry.setDefaultLabels({ service });
  collectDefaultMetrics({ register: metricsRegistry });
  return metricsRegistry;
}
