export { type KafkaAuth, type KafkaConfig, kafkaConfig } from "./config.ts";
export { type Consumer, type ConsumerOptions, type RecordHandler, startConsumer } from "./consumer.ts";
export { KafkaError } from "./errors.ts";
export { maxBatchBytes } from "./partition-queue.ts";
export { createProducer, type Producer, type ProducerOptions } from "./producer.ts";
export { headerText, type OutgoingRecord, type ReceivedRecord } from "./records.ts";
