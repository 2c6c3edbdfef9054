import { expect, test } from "vitest";
import { files, inspect, isSource, parse, programFolders, sourcesIn } from "../repository.ts";
import { longFile, longFunctions } from "./size.ts";

test("no source file, tests included, is longer than 300 lines", () => {
  expect(inspect(files.filter(isSource), longFile)).toEqual([]);
});

test("no function is longer than 60 lines", () => {
  expect(inspect(sourcesIn(...programFolders), longFunctions)).toEqual([]);
});

const lines = (count: number): string => "a();\n".repeat(count);

test("a file of 301 lines is found, and one of 300 is not", () => {
  expect(longFile(parse(lines(301)))).toEqual(["301 lines; allowed: 300"]);
  expect(longFile(parse(lines(300)))).toEqual([]);
});

test.each([
  ["function f() {\n", "}"],
  ["const f = () => {\n", "}"],
  ["class A {\nconstructor() {\n", "}}"],
  ["class A {\nf() {\n", "}}"],
  ["test(function () {\n", "})"],
])("a function of 61 lines is found, and one of 60 is not: %s", (before, after) => {
  expect(longFunctions(parse(before + lines(59) + after))).toHaveLength(1);
  expect(longFunctions(parse(before + lines(58) + after))).toEqual([]);
});
