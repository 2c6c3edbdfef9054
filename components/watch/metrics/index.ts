export type { MetricsArgs } from "./args.ts";
export { checkMetricsSettings } from "./check.ts";
export { Metrics } from "./metrics.ts";
export { alertedServices } from "./slos.ts";
