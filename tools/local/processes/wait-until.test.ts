import { expect, test } from "vitest";
import { waitUntil } from "./wait-until.ts";

test("a wait ends when the condition becomes true, at the deadline, or when the caller gives up", async () => {
  const answers = [false, false, true];
  expect(await waitUntil(() => answers.shift() === true, { withinMs: 60_000, everyMs: 1 })).toBe(true);
  expect(answers).toEqual([]);
  expect(await waitUntil(() => false, { withinMs: 20, everyMs: 1 })).toBe(false);
  expect(await waitUntil(() => true, { withinMs: 60_000, giveUp: () => true })).toBe(false);
});

test("a condition that is already true needs no time", async () => {
  expect(await waitUntil(() => true, { withinMs: 0 })).toBe(true);
});
