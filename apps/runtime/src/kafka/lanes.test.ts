import { expect, test } from "vitest";
import { Lanes, type RecordHandler } from "./lanes.ts";
import type { ReceivedRecord } from "./records.ts";

const record = (offset: number, key: string, partition = 0): ReceivedRecord => ({
  topic: "events",
  partition,
  offset: BigInt(offset),
  key: Buffer.from(key),
  value: null,
  headers: new Map(),
  timestamp: 0,
});

function createLanes(
  handle: RecordHandler,
  owned: readonly number[] = [0],
): { lanes: Lanes; errors: unknown[] } {
  const errors: unknown[] = [];
  const lanes = new Lanes({
    handle,
    owns: (partition) => owned.includes(partition),
    onDone: () => undefined,
    onError: (error) => errors.push(error),
  });
  return { lanes, errors };
}

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test("records of one key are handled one after the other, and other keys do not wait for them", async () => {
  const begun: string[] = [];
  const first = Promise.withResolvers<void>();
  const { lanes } = createLanes(async ({ key, offset }) => {
    begun.push(`${key}:${offset}`);
    if (offset === 0n) await first.promise;
  });
  lanes.add(record(0, "a"));
  lanes.add(record(1, "a"));
  for (const [at, key] of ["b", "c", "d", "e"].entries()) lanes.add(record(2 + at, key));
  await settle();
  expect(begun).toEqual(["a:0", "b:2", "c:3", "d:4", "e:5"]);
  expect(lanes.toCommit()).toEqual([]);
  first.resolve();
  await settle();
  expect(begun.filter((one) => one.startsWith("a"))).toEqual(["a:0", "a:1"]);
  expect(lanes.toCommit()).toEqual([{ partition: 0, offset: 6n }]);
  expect(lanes.pending).toBe(0);
});

test("records of a partition that the consumer does not own are neither handled nor committed", async () => {
  const owned = [0, 1];
  const handled: number[] = [];
  const gate = Promise.withResolvers<void>();
  const { lanes } = createLanes(async ({ partition }) => {
    handled.push(partition);
    await gate.promise;
  }, owned);
  lanes.add(record(0, "a", 1));
  lanes.add(record(1, "a", 1));
  await settle();
  owned.pop();
  lanes.add(record(2, "a", 1));
  gate.resolve();
  await settle();
  expect(handled).toEqual([1]);
  expect(lanes.toCommit()).toEqual([]);
});

test("a key waits for its own partition only, and goes on after its records were done", async () => {
  const begun: string[] = [];
  const first = Promise.withResolvers<void>();
  const { lanes } = createLanes(
    async ({ partition, offset }) => {
      begun.push(`${partition}:${offset}`);
      if (partition === 0) await first.promise;
    },
    [0, 1],
  );
  lanes.add(record(0, "a"));
  lanes.add(record(0, "a", 1));
  await settle();
  lanes.add(record(1, "a", 1));
  await settle();
  expect(begun).toEqual(["0:0", "1:0", "1:1"]);
  expect(lanes.working).toBe(true);
  first.resolve();
  await settle();
  expect(lanes.working).toBe(false);
});

test("after a failure no handler starts, so that no later record of the key overtakes the failed one", async () => {
  const handled: bigint[] = [];
  const { lanes, errors } = createLanes(async ({ offset }) => {
    handled.push(offset);
    if (offset === 1n) throw new Error("broken");
  });
  for (const offset of [0, 1, 2]) lanes.add(record(offset, "a"));
  await settle();
  expect(handled).toEqual([0n, 1n]);
  expect(errors).toEqual([new Error("broken")]);
  expect(lanes.toCommit()).toEqual([{ partition: 0, offset: 1n }]);
});

test("finishing aborts and awaits the running handlers and starts no more", async () => {
  const handled: bigint[] = [];
  const { lanes, errors } = createLanes(async ({ offset }, signal) => {
    handled.push(offset);
    await new Promise((_, reject) => signal.addEventListener("abort", () => reject(new Error("aborted"))));
  });
  lanes.add(record(0, "a"));
  lanes.add(record(1, "a"));
  await settle();
  await lanes.finish();
  lanes.add(record(2, "a"));
  await settle();
  expect(handled).toEqual([0n]);
  expect(errors).toEqual([]);
});
