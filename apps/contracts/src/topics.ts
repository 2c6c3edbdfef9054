import { consumerGroups } from "./names.ts";

/** A Kafka topic that the Pulumi program creates and the services use. */
interface Topic {
  readonly name: string;
  /** Can only grow. Growing moves keys to other partitions, which breaks the order per key of events in flight. */
  readonly partitions: number;
  readonly replicationFactor: number;
  readonly minInSyncReplicas: number;
  readonly retentionHours: number;
  /** Content of the key of every record. Records of one key stay in order. */
  readonly key: "user_id";
}

const hoursPerDay = 24;

/** Every topic of the platform. The numbers come from specification section 2. */
export const topics = {
  taskEvents: {
    name: "task-events",
    partitions: 6,
    replicationFactor: 3,
    minInSyncReplicas: 2,
    retentionHours: 7 * hoursPerDay,
    key: "user_id",
  },
  /** Events that the processor could not process: raw bytes and the reason. Kept longer than the source, to leave time for a replay. */
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

/** Topics and groups that a client may use. The Pulumi program makes IAM permissions of it, so the two always agree. */
interface KafkaAccess {
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
