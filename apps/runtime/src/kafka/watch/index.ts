export { BrokerWatch, isTimeout } from "./broker-watch.ts";
export { LagMeter } from "./lag-meter.ts";
export { type ConsumerMetrics, createBrokerMetrics, createConsumerMetrics } from "./metrics.ts";
