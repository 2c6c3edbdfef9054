import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { Batches } from "./index.ts";

const coded = (code: string): Error => Object.assign(new Error(code), { code });

/** Batches of at most four numbers. Each write waits until the test releases it; `wrong` numbers are refused. */
function start(wrong: ReadonlyMap<number, string> = new Map(), mostRunning = 1, leastBeside = 1) {
  const writes: (readonly number[])[] = [];
  const failed: [number, string][] = [];
  const open: PromiseWithResolvers<void>[] = [];
  const batches = new Batches<number>({
    mostRunning,
    leastBeside,
    take: (waiting) => waiting.splice(0, 4),
    write: async (batch) => {
      writes.push(batch);
      const gate = Promise.withResolvers<void>();
      open.push(gate);
      await gate.promise;
      const refused = batch.find((one) => wrong.has(one));
      if (refused !== undefined) throw coded(wrong.get(refused) ?? "");
    },
    fail: (item, error) => failed.push([item, (error as Error).message]),
  });
  const release = async (): Promise<void> => {
    await setImmediate();
    while (open.length > 0) {
      open.shift()?.resolve();
      await setImmediate();
    }
  };
  return { batches, writes, failed, release };
}

test("what comes together is written together, and what waits meanwhile goes together", async () => {
  const { batches, writes, release } = start();
  batches.add(1);
  batches.add(2);
  await setImmediate();
  expect(writes).toEqual([[1, 2]]);
  for (let item = 3; item <= 8; item += 1) batches.add(item);
  await release();
  expect(writes).toEqual([
    [1, 2],
    [3, 4, 5, 6],
    [7, 8],
  ]);
});

test("as many batches run at the same time as may", async () => {
  const { batches, writes } = start(new Map(), 3);
  for (let item = 1; item <= 14; item += 1) batches.add(item);
  await setImmediate();
  expect(writes.map(({ length }) => length)).toEqual([4, 4, 4]);
});

test("a few items wait for the batch that is being written, and more begin one beside it", async () => {
  const { batches, writes, release } = start(new Map(), 2, 3);
  const wave = async (...items: number[]): Promise<void> => {
    for (const item of items) batches.add(item);
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
    const { batches, failed, release } = start(new Map([[4, code]]));
    for (let item = 1; item <= 6; item += 1) batches.add(item);
    await release();
    expect(failed).toEqual([[4, code]]);
  },
);

test.each(["42501", "42P01", "23514", "57P01", "ECONNREFUSED"])(
  "an error that would meet every item (%s) fails the batch at once",
  async (code) => {
    const { batches, writes, failed, release } = start(new Map([[3, code]]));
    for (let item = 1; item <= 5; item += 1) batches.add(item);
    await release();
    expect(writes).toEqual([[1, 2, 3, 4], [5]]);
    expect(failed.map(([item]) => item)).toEqual([1, 2, 3, 4]);
  },
);
