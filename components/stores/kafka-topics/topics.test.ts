import * as pulumi from "@pulumi/pulumi";
import { expect, test } from "vitest";
import { planProgram } from "../../../tools/plan/index.ts";
import type { Removal } from "../../base/core/index.ts";
import { createTopics } from "./index.ts";

function planTopics(changes: { readonly localRetentionHours?: number; readonly removal?: Removal } = {}) {
  return planProgram(() => {
    const cluster = new pulumi.ComponentResource("test:kafka:Cluster", "cluster");
    const topic = { partitions: 6, replicationFactor: 3, minInSyncReplicas: 2, retentionHours: 168 };
    const topics = [{ name: "task-events", ...topic }];
    createTopics("events", { topics, clusterArn: "arn", removal: "retain-data", ...changes }, cluster);
  });
}

const topicType = "aws:msk/topic:Topic";

test("a topic has its own name, deletes events after its retention, and confirms a write with its minimum of copies", async () => {
  const plan = await planTopics();
  expect(plan.one(topicType, "events-topic-task-events").inputs).toEqual({
    name: "task-events",
    clusterArn: "arn",
    partitionCount: 6,
    replicationFactor: 3,
    configs: '{"cleanup.policy":"delete","min.insync.replicas":"2","retention.ms":"604800000"}',
  });
});

test("with tiered storage a topic also defines how long events stay on the volumes", async () => {
  const plan = await planTopics({ localRetentionHours: 12 });
  expect(plan.one(topicType).inputs.configs).toBe(
    '{"cleanup.policy":"delete","local.retention.ms":"43200000","min.insync.replicas":"2","remote.storage.enable":"true","retention.ms":"604800000"}',
  );
});

test.each([
  ["retain-data", true],
  ["remove", false],
] as const)("with removal %s a destroy keeps the topics: %s", async (removal, kept) => {
  const { options } = (await planTopics({ removal })).one(topicType);
  expect([options.protect, options.retainOnDelete]).toEqual([kept, kept]);
});
