import { expect, onTestFinished, test, vi } from "vitest";
import { Readiness } from "./readiness.ts";

test("a dependency is checked once, however many probes arrive at the same time", async () => {
  let asked = 0;
  const check = async (): Promise<void> => {
    asked += 1;
  };
  const readiness = new Readiness([{ name: "one", check }], undefined);
  expect(await Promise.all(Array.from({ length: 20 }, () => readiness.passes()))).toEqual(
    Array.from({ length: 20 }, () => true),
  );
  expect(asked).toBe(1);
});

test("when one dependency fails, throws or does not answer, the service is not ready, and the answer takes about a second", async () => {
  const well = { name: "well", check: async (): Promise<void> => undefined };
  const checks = [
    { name: "rejects", check: () => Promise.reject(new Error("away")) },
    {
      name: "throws",
      check: (): Promise<void> => {
        throw new Error("away");
      },
    },
    { name: "hangs", check: () => new Promise<void>(() => undefined) },
  ];
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const answers = Promise.all(checks.map((check) => new Readiness([well, check], undefined).passes()));
  // One second of the timers, however long this machine takes for it: a probe waits for two.
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await answers).toEqual([false, false, false]);
});
