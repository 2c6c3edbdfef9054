export { startConsumer } from "./consumer.ts";
export type { ConsumerOptions } from "./consumer-options.ts";
export { maxBatchBytes } from "./partition-queue.ts";
export { createProducer, type Producer } from "./producer.ts";
export { headerText, type OutgoingRecord, type ReceivedRecord } from "./records.ts";
export { BrokerWatch, createBrokerMetrics, createConsumerMetrics } from "./watch/index.ts";
