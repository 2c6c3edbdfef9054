import { expect, test } from "vitest";
import { allTopics, consumerGroups, topics } from "./index.ts";

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

test("a dead-letter topic belongs to a group and outlives its source", () => {
  expect(topics.processorDeadLetter.name).toBe(`${topics.taskEvents.name}.${consumerGroups.processor}.dlq`);
  expect(topics.processorDeadLetter.retentionHours).toBeGreaterThan(topics.taskEvents.retentionHours);
  expect(topics.processorDeadLetter.partitions).toBe(topics.taskEvents.partitions);
});
