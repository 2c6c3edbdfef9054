import { consumerGroups } from "./names.ts";

/** A Kafka topic as the program creates it and the services use it. */
export interface Topic {
  readonly name: string;
  /** Can only grow, and growing moves keys to other partitions: order per key breaks for what is in flight. */
  readonly partitions: number;
  readonly replicationFactor: number;
  readonly minInSyncReplicas: number;
  readonly retentionHours: number;
  /** What the key of every record is; records of one key stay in order. */
  readonly key: "user_id";
}

const hoursPerDay = 24;

/** Every topic of the platform. Numbers: specification section 2. */
export const topics = {
  taskEvents: {
    name: "task-events",
    partitions: 6,
    replicationFactor: 3,
    minInSyncReplicas: 2,
    retentionHours: 7 * hoursPerDay,
    key: "user_id",
  },
  /** What the processor could not read: raw bytes and the reason. Kept longer than the source so that there is time to replay. */
  processorDeadLetter: {
    name: `task-events.${consumerGroups.processor}.dlq`,
    partitions: 6,
    replicationFactor: 3,
    minInSyncReplicas: 2,
    retentionHours: 14 * hoursPerDay,
    key: "user_id",
  },
} as const satisfies Record<string, Topic>;

export const allTopics: readonly Topic[] = Object.values(topics);

/** What a client may do with a topic or a consumer group; the program turns it into IAM, so the two cannot differ. */
export interface KafkaAccess {
  readonly produces: readonly string[];
  readonly consumes: readonly string[];
  readonly groups: readonly string[];
}

/** Access of each workload that talks to Kafka. */
export const kafkaAccess = {
  relay: { produces: [topics.taskEvents.name], consumes: [], groups: [] },
  processor: {
    produces: [topics.processorDeadLetter.name],
    consumes: [topics.taskEvents.name],
    groups: [consumerGroups.processor],
  },
} as const satisfies Record<string, KafkaAccess>;
