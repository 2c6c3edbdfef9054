export { createOutboxMetrics, type OutboxMetrics } from "./metrics.ts";
export { type OutboxRelay, type OutboxRelayOptions, startOutboxRelay } from "./relay.ts";
