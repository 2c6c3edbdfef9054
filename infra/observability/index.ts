export { createDashboard } from "./dashboard.ts";
export { createMetrics } from "./metrics.ts";
