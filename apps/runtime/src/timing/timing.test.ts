import { expect, test } from "vitest";
import { backoffMs, pause, within } from "./index.ts";

const backoff = { firstMs: 250, longestMs: 5_000 };

test("the delay doubles with each failure up to the longest, however many failures there are", () => {
  const delays = [1, 2, 3, 4, 5, 6, 7, 5_000].map((failures) => backoffMs(backoff, failures));
  expect(delays).toEqual([250, 500, 1_000, 2_000, 4_000, 5_000, 5_000, 5_000]);
});

test("jitter varies the delay to either side, the longest one too", () => {
  const delaysAfter = (failures: number): number[] =>
    [0, 0.5, 1].map((random) => backoffMs({ ...backoff, jitter: 0.2 }, failures, () => random));
  expect(delaysAfter(2)).toEqual([400, 500, 600]);
  expect(delaysAfter(9)).toEqual([4_000, 5_000, 6_000]);
});

test("a pause ends early when its signal is aborted", async () => {
  const stop = new AbortController();
  const pausing = pause(60_000, stop.signal);
  stop.abort();
  await expect(pausing).resolves.toBeUndefined();
  await expect(pause(60_000, stop.signal)).resolves.toBeUndefined();
});

test("work has until its limit, and its own result and error pass through", async () => {
  await expect(within(1, new Promise(() => undefined))).rejects.toThrow("not done within 1 ms");
  expect(await within(60_000, Promise.resolve("done"))).toBe("done");
  await expect(within(60_000, Promise.reject(new Error("broken")))).rejects.toThrow("broken");
});
