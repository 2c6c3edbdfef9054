import { expect, test } from "vitest";
import { topicConfigs } from "./topics.ts";

test("a topic deletes after its retention and writes only with its floor of copies", () => {
  const topic = { name: "a", partitions: 6, replicationFactor: 3, minInSyncReplicas: 2, retentionHours: 168 };
  expect(topicConfigs(topic, { tiering: "none" })).toBe(
    '{"cleanup.policy":"delete","min.insync.replicas":"2","retention.ms":"604800000"}',
  );
});
