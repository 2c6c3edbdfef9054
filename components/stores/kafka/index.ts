export type { ConsumerGroup } from "./alarm-specs.ts";
export { replicatorProblems } from "./check-replicator.ts";
export { checkKafkaSettings } from "./check-settings.ts";
export { type ClientAccess, clientStatements } from "./client-statements.ts";
export { kafkaClientPort } from "./firewall.ts";
export { Kafka, type KafkaArgs } from "./kafka.ts";
export { Replicator, type ReplicatorArgs } from "./replicator.ts";
export type { KafkaSettings } from "./settings.ts";
export type { TopicSpec } from "./topics.ts";
