export type { ConsumerGroup, KafkaArgs } from "./args.ts";
export { checkKafkaSettings } from "./check.ts";
export { Kafka } from "./kafka.ts";
export { replicationProblems } from "./replication.ts";
export { kafkaClientPort } from "./security-groups.ts";
export type { KafkaSettings } from "./settings.ts";
