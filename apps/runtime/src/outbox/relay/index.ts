export { createOutboxMetrics } from "./metrics.ts";
export { startOutboxRelay } from "./relay.ts";
