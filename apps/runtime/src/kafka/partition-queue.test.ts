import { expect, test } from "vitest";
import { maxBatchBytes, PartitionQueue } from "./partition-queue.ts";
import type { OutgoingRecord } from "./records.ts";

const record = (value: string | Buffer): OutgoingRecord => ({
  topic: "events",
  partition: 0,
  key: null,
  value: Buffer.from(value),
  headers: {},
});

const texts = (records: readonly OutgoingRecord[]): string[] => records.map(({ value }) => String(value));

test("records that arrive within the linger time share a batch, in their order", async () => {
  const batches: string[][] = [];
  const queue = new PartitionQueue(async (records) => void batches.push(texts(records)));
  await Promise.all([queue.add([record("a"), record("b")]), queue.add([record("c")])]);
  expect(batches).toEqual([["a", "b", "c"]]);
});

test("a partition has at most one running batch", async () => {
  let underWay = 0;
  const seen: number[] = [];
  const queue = new PartitionQueue(async () => {
    underWay += 1;
    seen.push(underWay);
    await new Promise((resolve) => setImmediate(resolve));
    underWay -= 1;
  });
  const big = record(Buffer.alloc(maxBatchBytes - 10));
  await Promise.all([queue.add([big]), queue.add([big]), queue.add([big])]);
  expect(seen).toEqual([1, 1, 1]);
});

test("a batch stays below the limit of the brokers, and the records of one call stay in one batch", async () => {
  const sizes: number[] = [];
  const queue = new PartitionQueue(async (records) => void sizes.push(records.length));
  const third = record(Buffer.alloc(maxBatchBytes / 3));
  await Promise.all([queue.add([third, third]), queue.add([third]), queue.add([third])]);
  expect(sizes).toEqual([3, 1]);
});

test("a failed batch rejects for every caller in it, and the next batch is sent", async () => {
  let tries = 0;
  const queue = new PartitionQueue(async () => {
    tries += 1;
    if (tries === 1) throw new Error("no leader");
  });
  const results = await Promise.allSettled([queue.add([record("a")]), queue.add([record("b")])]);
  expect(results.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  await queue.add([record("c")]);
  expect(tries).toBe(2);
});
