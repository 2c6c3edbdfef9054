import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { Batches } from "./index.ts";

const coded = (code: string): Error => Object.assign(new Error(code), { code });

/** Batches of at most four numbers. Each write waits until the test releases it; `wrong` numbers are refused. */
function start(wrong: ReadonlyMap<number, string> = new Map(), mostRunning = 1, leastBeside = 1) {
  const writes: (readonly number[])[] = [];
  const failed: [number, string][] = [];
  const open: PromiseWithResolvers<void>[] = [];
  const batches = new Batches<number, string>({
    mostRunning,
    leastBeside,
    largest: 4,
    write: async (batch) => {
      writes.push(batch);
      const gate = Promise.withResolvers<void>();
      open.push(gate);
      await gate.promise;
      const refused = batch.find((one) => wrong.has(one));
      if (refused !== undefined) throw coded(wrong.get(refused) ?? "");
      return batch.map((item) => `result of ${item}`);
    },
  });
  const results: string[] = [];
  const add = (item: number): void => {
    batches.add(item).then(
      (result) => results.push(result),
      (error: unknown) => failed.push([item, (error as Error).message]),
    );
  };
  const release = async (): Promise<void> => {
    await setImmediate();
    while (open.length > 0) {
      open.shift()?.resolve();
      await setImmediate();
    }
  };
  return { add, writes, results, failed, release };
}

test("what comes together is written together, and what waits meanwhile goes together", async () => {
  const { add, writes, results, release } = start();
  add(1);
  add(2);
  await setImmediate();
  expect(writes).toEqual([[1, 2]]);
  for (let item = 3; item <= 8; item += 1) add(item);
  await release();
  expect(writes).toEqual([
    [1, 2],
    [3, 4, 5, 6],
    [7, 8],
  ]);
  expect(results).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((item) => `result of ${item}`));
});

test("an item that may not join waits for a later batch, and an aborted one is never written", async () => {
  const writes: (readonly string[])[] = [];
  const abort = new AbortController();
  const batches = new Batches<string, string>({
    mostRunning: 1,
    largest: 9,
    // One item of each letter.
    mayJoin: (item, batch) => !batch.some((one) => one[0] === item[0]),
    signalOf: (item) => (item === "c1" ? abort.signal : undefined),
    write: async (batch) => {
      writes.push(batch);
      return batch;
    },
  });
  abort.abort(new Error("nobody waits"));
  const results = Promise.allSettled(["a1", "a2", "b1", "c1", "a3"].map((item) => batches.add(item)));
  expect((await results).map((one) => (one.status === "fulfilled" ? one.value : String(one.reason)))).toEqual(
    ["a1", "a2", "b1", "Error: nobody waits", "a3"],
  );
  expect(writes).toEqual([["a1", "b1"], ["a2"], ["a3"]]);
});

test("as many batches run at the same time as may", async () => {
  const { add, writes } = start(new Map(), 3);
  for (let item = 1; item <= 14; item += 1) add(item);
  await setImmediate();
  expect(writes.map(({ length }) => length)).toEqual([4, 4, 4]);
});

test("a few items wait for the batch that is being written, and more begin one beside it", async () => {
  const { add, writes, release } = start(new Map(), 2, 3);
  const wave = async (...items: number[]): Promise<void> => {
    for (const item of items) add(item);
    await setImmediate();
  };
  await wave(1);
  await wave(2, 3);
  expect(writes).toEqual([[1]]);
  await wave(4);
  expect(writes).toEqual([[1], [2, 3, 4]]);
  await wave(5);
  await release();
  expect(writes).toEqual([[1], [2, 3, 4], [5]]);
});

test.each(["22021", "23505"])(
  "when the data of one item is to blame (%s), only that item fails",
  async (code) => {
    const { add, failed, release } = start(new Map([[4, code]]));
    for (let item = 1; item <= 6; item += 1) add(item);
    await release();
    expect(failed).toEqual([[4, code]]);
  },
);

test.each(["42501", "42P01", "23514", "57P01", "ECONNREFUSED"])(
  "an error that would meet every item (%s) fails the batch at once",
  async (code) => {
    const { add, writes, failed, release } = start(new Map([[3, code]]));
    for (let item = 1; item <= 5; item += 1) add(item);
    await release();
    expect(writes).toEqual([[1, 2, 3, 4], [5]]);
    expect(failed.map(([item]) => item)).toEqual([1, 2, 3, 4]);
  },
);
