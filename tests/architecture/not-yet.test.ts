import { expect, test } from "vitest";
import { unexpected } from "./not-yet.ts";

const list = { size: ["a.ts: "] };

test("a known exception is accepted, and every other finding is not", () => {
  expect(unexpected("size", ["a.ts: long", "b.ts: long"], list)).toEqual(["b.ts: long"]);
  expect(unexpected("doors", ["a.ts: long"], list)).toEqual(["a.ts: long"]);
});

test("an exception that nothing needs any more is reported", () => {
  expect(unexpected("size", [], list)).toEqual([
    'not-yet.ts lists "a.ts: " for size; delete the entry: nothing needs it any more',
  ]);
});
