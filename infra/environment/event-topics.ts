import { allTopics, topics } from "@task-platform/contracts";
import type { TopicSpec } from "../../components/stores/kafka-topics/index.ts";

/** Share of all events that a topic receives, where it is not all of them. 1 % in a retry or dead-letter topic is an incident. */
const shares: Readonly<Record<string, number>> = {
  [topics.processorRetrySoon.name]: 0.01,
  [topics.processorRetryLate.name]: 0.01,
  [topics.analyticsRetrySoon.name]: 0.01,
  [topics.analyticsRetryLate.name]: 0.01,
  [topics.processorDeadLetter.name]: 0.01,
  [topics.analyticsDeadLetter.name]: 0.01,
};

/** Every topic of the contracts, in the form of the Kafka block. */
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
