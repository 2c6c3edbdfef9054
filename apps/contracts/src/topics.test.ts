import { expect, test } from "vitest";
import { allTopics, consumerGroups, kafkaAccess, topics } from "./index.ts";

test("task events have the shape of the specification", () => {
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

test("access names only topics and groups that exist, and only the relay writes task events", () => {
  const names: string[] = allTopics.map(({ name }) => name);
  const groups: string[] = Object.values(consumerGroups);
  for (const access of Object.values(kafkaAccess)) {
    expect(names).toEqual(expect.arrayContaining([...access.produces, ...access.consumes]));
    expect(groups).toEqual(expect.arrayContaining([...access.groups]));
  }
  const writers = Object.entries(kafkaAccess).filter(([, access]) =>
    (access.produces as readonly string[]).includes(topics.taskEvents.name),
  );
  expect(writers.map(([name]) => name)).toEqual(["relay"]);
});
