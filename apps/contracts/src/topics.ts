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

/** How long a failed event waits in each retry topic of its group, shortest first. */
export const retryDelays = {
  soon: { name: "30s", milliseconds: 30_000 },
  late: { name: "5m", milliseconds: 300_000 },
} as const;

/** As long as the source is kept: what waits for a rollout is put back again and again, so it starts anew each time. */
function retryTopic<const Group extends string, const Delay extends keyof typeof retryDelays>(
  group: Group,
  delay: Delay,
) {
  return {
    name: `task-events.${group}.retry.${retryDelays[delay].name}`,
    partitions: 6,
    replicationFactor: 3,
    minInSyncReplicas: 2,
    retentionHours: 7 * hoursPerDay,
    key: "user_id",
  } as const satisfies Topic;
}

/** Every topic of the platform. The numbers are in docs/requirements.md, events. */
export const topics = {
  taskEvents: {
    name: "task-events",
    partitions: 6,
    replicationFactor: 3,
    minInSyncReplicas: 2,
    retentionHours: 7 * hoursPerDay,
    key: "user_id",
  },
  /** Events of the processor that failed some times, and later events of the same users, which wait behind them. */
  processorRetrySoon: retryTopic(consumerGroups.processor, "soon"),
  processorRetryLate: retryTopic(consumerGroups.processor, "late"),
  /** The same of the analytics. */
  analyticsRetrySoon: retryTopic(consumerGroups.analytics, "soon"),
  analyticsRetryLate: retryTopic(consumerGroups.analytics, "late"),
  /** Events that the processor could not process: raw bytes and the reason. Kept longer than the source, to leave time for a replay. */
  processorDeadLetter: {
    name: `task-events.${consumerGroups.processor}.dlq`,
    partitions: 6,
    replicationFactor: 3,
    minInSyncReplicas: 2,
    retentionHours: 14 * hoursPerDay,
    key: "user_id",
  },
  /** Events that the analytics could not count, in the same form. */
  analyticsDeadLetter: {
    name: `task-events.${consumerGroups.analytics}.dlq`,
    partitions: 6,
    replicationFactor: 3,
    minInSyncReplicas: 2,
    retentionHours: 14 * hoursPerDay,
    key: "user_id",
  },
} as const satisfies Record<string, Topic>;

export const allTopics: readonly Topic[] = Object.values(topics);
