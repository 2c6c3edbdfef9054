import { expect, test } from "vitest";
import { allTopics, consumerGroups, retryDelays, topics } from "./index.ts";

test("task events have the shape of the requirements", () => {
  expect(topics.taskEvents).toEqual({
    name: "task-events",
    partitions: 6,
    replicationFactor: 3,
    minInSyncReplicas: 2,
    retentionHours: 168,
    key: "user_id",
  });
});

test("no topic loses an acknowledged record when one broker is lost", () => {
  for (const topic of allTopics) {
    expect([topic.name, topic.minInSyncReplicas, topic.replicationFactor - topic.minInSyncReplicas]).toEqual([
      topic.name,
      2,
      1,
    ]);
  }
});

test.each([
  [topics.processorDeadLetter, consumerGroups.processor],
  [topics.analyticsDeadLetter, consumerGroups.analytics],
])("the dead-letter topic $name belongs to a group and outlives its source", (topic, group) => {
  expect(topic.name).toBe(`${topics.taskEvents.name}.${group}.dlq`);
  expect(topic.retentionHours).toBeGreaterThan(topics.taskEvents.retentionHours);
  expect(topic.partitions).toBe(topics.taskEvents.partitions);
});

test.each([
  [topics.processorRetrySoon, consumerGroups.processor, retryDelays.soon],
  [topics.processorRetryLate, consumerGroups.processor, retryDelays.late],
  [topics.analyticsRetrySoon, consumerGroups.analytics, retryDelays.soon],
  [topics.analyticsRetryLate, consumerGroups.analytics, retryDelays.late],
])(
  "the retry topic $name belongs to a group, says its delay, and keeps each user in one partition",
  (topic, group, delay) => {
    expect(topic.name).toBe(`${topics.taskEvents.name}.${group}.retry.${delay.name}`);
    expect(topic.partitions).toBe(topics.taskEvents.partitions);
    const [, amount = "", unit = ""] = /^(\d+)([sm])$/.exec(delay.name) ?? [];
    expect(Number(amount) * (unit === "m" ? 60_000 : 1_000)).toBe(delay.milliseconds);
  },
);
