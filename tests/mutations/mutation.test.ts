import { expect, test } from "vitest";
import { type Mutation, mutate } from "./mutation.ts";
import { complaint, type TestResult } from "./run.ts";

const mutation: Mutation = {
  what: "a disk is not encrypted",
  file: "disk.ts",
  find: "encrypted: true",
  replace: "encrypted: false",
  caughtBy: { file: "disk.test.ts", test: "a disk is encrypted" },
};

test("A mutation changes its code and nothing else, also where the replacement has signs of a pattern", () => {
  expect(mutate("a;\nencrypted: true;\nb", mutation)).toBe("a;\nencrypted: false;\nb");
  expect(mutate("encrypted: true", { ...mutation, replace: "$& $1" })).toBe("$& $1");
});

test("A mutation finds its code whatever its format, its comments and its quotes are", () => {
  const text = "const disk = {\n  // Why.\n  encrypted : /* Yes. */ true,\n};";
  expect(mutate(text, mutation)).toBe("const disk = {\n  // Why.\n  encrypted: false,\n};");
  const named = { ...mutation, find: "name: 'a'", replace: "name: 'b'" };
  expect(mutate('({ name: "a" })', named)).toBe("({ name: 'b' })");
});

test("A mutation may name the declarations around its code, and change a part of one text", () => {
  const text = "const a = { x: { y: 1 } };\nconst b = { x: { y: 1 }, z: `u${a}v` };";
  expect(mutate(text, { ...mutation, in: "b > x", find: "y: 1", replace: "y: 2" })).toContain(
    "b = { x: { y: 2 }",
  );
  expect(mutate(text, { ...mutation, find: "v`", replace: "w`" })).toContain("`u${a}w`");
});

test.each([
  ["", mutation, "is there 0 times"],
  ["encrypted: true; encrypted: true", mutation, "is there 2 times"],
  ["encrypted: true", { ...mutation, replace: mutation.find }, "is replaced by itself"],
  ["encrypted: true", { ...mutation, in: "disk" }, '"disk" is there 0 times'],
  ["// encrypted: true", mutation, "is there 0 times"],
])("In %j a mutation that does not name one piece of code is refused", (text, wrong, message) => {
  expect(() => mutate(text, wrong)).toThrow(message);
});

const passed: TestResult = { status: "passed", message: "" };
const failed = (message: string): TestResult => ({ status: "failed", message });
const absent: TestResult = { status: "absent", message: "no such file" };

test("A mutation is caught where the named test passes without it and fails by an assertion with it", () => {
  const broken = failed("AssertionError: expected false to be true");
  expect(complaint({ refusal: "", sound: passed, broken })).toBeUndefined();
  const refused = failed('Error: disk "data": 1 problem, nothing was created.');
  expect(complaint({ refusal: "", sound: passed, broken: refused })).toBeUndefined();
});

test.each([
  ["is there 0 times", passed, failed("AssertionError: x"), "is there 0 times"],
  ["", passed, passed, "it survived"],
  ["", failed("AssertionError: x"), failed("AssertionError: x"), "without the mutation"],
  ["", absent, absent, "without the mutation"],
  ["", passed, absent, "did not run"],
  ["", passed, failed("SyntaxError: Unexpected token"), "by accident"],
  ["", passed, failed("Error: Test timed out in 60000ms."), "by accident"],
])("What shows nothing is no catch (%#)", (refusal, sound, broken, message) => {
  expect(complaint({ refusal, sound, broken })).toContain(message);
});
