import { expect, test } from "vitest";
import { skipTracesOfPromises } from "./traces.ts";

test("errors without a message have no stack until traces are shown again; errors with one keep theirs", () => {
  const show = skipTracesOfPromises();
  const ofPromise = new Error().stack;
  const ofProgram = new Error("no such zone").stack;
  show();
  expect(ofPromise).toBe("");
  expect(ofProgram).toMatch(/^Error: no such zone\n\s+at .*traces\.test\.ts/);
  expect(new Error().stack).toContain("traces.test.ts");
});

test("a formatter that is set meanwhile stays", () => {
  const before = Error.prepareStackTrace;
  const show = skipTracesOfPromises();
  const other = (): string => "other";
  Error.prepareStackTrace = other;
  show();
  const after = Error.prepareStackTrace;
  Object.assign(Error, { prepareStackTrace: before });
  expect(after).toBe(other);
});
