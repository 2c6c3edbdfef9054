import kafkajs from "kafkajs";
import { expect, test } from "vitest";
import { partitionOf, topics } from "./index.ts";

const partitions = topics.taskEvents.partitions;

test("a key has the same partition as in Java-compatible clients", () => {
  const partitioner = kafkajs.Partitioners.DefaultPartitioner();
  const partitionMetadata = Array.from({ length: partitions }, (_, partitionId) => ({
    partitionErrorCode: 0,
    partitionId,
    leader: 1,
    replicas: [1],
    isr: [1],
  }));
  const keys = Array.from({ length: 5000 }, (_, index) => `${"é🙂x".repeat(index % 4)}user-${index * 7919}`);
  const chosen = keys.map((key) =>
    partitioner({ topic: "t", partitionMetadata, message: { key: Buffer.from(key), value: null } }),
  );
  expect(keys.map((key) => partitionOf(key, partitions))).toEqual(chosen);
});

test("an empty key has a partition", () => {
  expect(partitionOf("", partitions)).toBe((275646681 & 0x7fffffff) % partitions);
});
