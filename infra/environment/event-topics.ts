import { allTopics, topics } from "@task-platform/contracts";
import type { TopicSpec } from "../../components/stores/kafka-topics/index.ts";

/**
 * Part of all events that ends in a topic, where it is not all of them. One in a hundred in a dead-letter topic is an
 * incident already.
 */
const shares: Readonly<Record<string, number>> = { [topics.processorDeadLetter.name]: 0.01 };

/** Every topic of the contracts, as the Kafka block takes it. */
export const topicSpecs: readonly TopicSpec[] = allTopics.map(
  ({ name, partitions, replicationFactor, minInSyncReplicas, retentionHours }) => ({
    name,
    partitions,
    replicationFactor,
    minInSyncReplicas,
    retentionHours,
    shareOfEvents: shares[name] ?? 1,
  }),
);
