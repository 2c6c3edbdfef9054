import { expect, test } from "vitest";
import { Batches } from "./index.ts";

const coded = (code: string): Error => Object.assign(new Error(code), { code });

/** Batches of at most four numbers. Each write waits until the test releases it; `wrong` numbers are refused. */
function start(wrong: ReadonlyMap<number, string> = new Map(), mostRunning = 1) {
  const writes: (readonly number[])[] = [];
  const failed: [number, string][] = [];
  const open: PromiseWithResolvers<void>[] = [];
  const batches = new Batches<number>({
    mostRunning,
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
    while (open.length > 0) {
      open.shift()?.resolve();
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  return { batches, writes, failed, release };
}

test("what comes alone is written at once, and what waits meanwhile goes together", async () => {
  const { batches, writes, release } = start();
  for (let item = 1; item <= 7; item += 1) batches.add(item);
  expect(writes).toEqual([[1]]);
  await release();
  expect(writes).toEqual([[1], [2, 3, 4, 5], [6, 7]]);
});

test("as many batches run at the same time as may", () => {
  const { batches, writes } = start(new Map(), 3);
  for (let item = 1; item <= 5; item += 1) batches.add(item);
  expect(writes).toEqual([[1], [2], [3]]);
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
    expect(writes).toEqual([[1], [2, 3, 4, 5]]);
    expect(failed.map(([item]) => item)).toEqual([2, 3, 4, 5]);
  },
);
