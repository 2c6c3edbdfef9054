import { expect, test } from "vitest";
import { files, inspect, isTest, parse } from "../repository.ts";
import { elapsedTimes } from "./elapsed-time.ts";

const tests = files.filter((file) => isTest(file) && file.endsWith(".ts"));

test("no test asserts how long something took, or waits for a fixed time", () => {
  expect(tests.length).toBeGreaterThan(100);
  expect(inspect(tests, elapsedTimes)).toEqual([]);
});

test.each([
  "const begun = performance.now(); work(); expect(performance.now() - begun).toBeLessThan(5_000);",
  "const begun = Date.now(); const ms = Date.now() - begun; expect(ms).toBeLessThanOrEqual(10);",
  "let sum = 0; sum += performance.now() - begun; expect(sum).toBeLessThan(2000);",
  "expect(Math.abs(Date.now() - begun)).not.toBeGreaterThan(10);",
  "expect(100).toBeGreaterThan(new Date().getTime() - begun);",
  "expect(process.hrtime.bigint() - begun).toBeLessThan(5n);",
  "const slow = (performance.now() - begun) / 1000; expect.soft(slow).toBeLessThan(1);",
])("an assertion about elapsed time is found: %s", (code) => {
  expect(elapsedTimes(parse(code))).toEqual(["line 1: asserts how long something took"]);
});

test.each([
  "await new Promise((resolve) => setTimeout(resolve, 50));",
  "await new Promise<void>((done) => { setTimeout(() => done(), 1_000); });",
  "await pause(50);",
  "await sleep(200, undefined, { signal });",
])("a fixed pause is found: %s", (code) => {
  expect(elapsedTimes(parse(code))).toEqual(["line 1: waits for a fixed time"]);
});

test.each([
  "expect(Math.abs(createdAt - Date.now())).toBeLessThan(60_000);",
  "await eventually(() => done, 'the end');",
  "expect(events.length).toBeLessThan(3);",
  "const until = Date.now() + 300; expect(sign({ exp: until })).toBe(token);",
  "await new Promise((resolve) => setImmediate(resolve));",
  "await vi.advanceTimersByTimeAsync(1_000);",
  "handle(async () => { await new Promise((resolve) => setTimeout(resolve, workMs)); });",
])("what depends on no speed is left alone: %s", (code) => {
  expect(elapsedTimes(parse(code))).toEqual([]);
});
