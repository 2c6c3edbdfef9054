export type { KafkaReplicatorArgs } from "./args.ts";
export { KafkaReplicator } from "./kafka-replicator.ts";
