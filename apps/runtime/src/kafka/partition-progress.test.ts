import fc from "fast-check";
import { expect, test } from "vitest";
import { PartitionProgress } from "./partition-progress.ts";

test("the offset to commit is that of the first record that is not done, even if later records are done", () => {
  const progress = new PartitionProgress();
  for (const offset of [5n, 6n, 7n]) progress.read(offset);
  progress.done(6n);
  expect(progress.toCommit).toBe(undefined);
  progress.done(5n);
  expect(progress.toCommit).toBe(7n);
  progress.done(7n);
  expect(progress.toCommit).toBe(8n);
});

test("a record that was read before is refused, also after it is done", () => {
  const progress = new PartitionProgress();
  expect([5n, 6n, 5n, 6n, 7n].map((offset) => progress.read(offset))).toEqual([
    true,
    true,
    false,
    false,
    true,
  ]);
});

test("an offset is committed only once", () => {
  const progress = new PartitionProgress();
  progress.read(0n);
  progress.done(0n);
  progress.committed(1n);
  expect(progress.toCommit).toBe(undefined);
});

test("in every order of completion, no open record is committed, and at the end all records are", () => {
  const order = fc
    .uniqueArray(fc.bigInt(0n, 1000n), { minLength: 1, maxLength: 40 })
    .map((offsets) => offsets.toSorted((a, b) => Number(a - b)))
    .chain((read) => fc.tuple(fc.constant(read), fc.shuffledSubarray(read, { minLength: read.length })));
  fc.assert(
    fc.property(order, ([read, finished]) => {
      const progress = new PartitionProgress();
      for (const offset of read) progress.read(offset);
      const open = new Set(read);
      for (const offset of finished) {
        progress.done(offset);
        open.delete(offset);
        const { toCommit = 0n } = progress;
        expect([...open].filter((one) => one < toCommit)).toEqual([]);
        expect(progress.pending).toBe(open.size);
      }
      expect(progress.toCommit).toBe((read.at(-1) ?? 0n) + 1n);
    }),
  );
});
