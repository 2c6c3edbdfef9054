import { expect, test } from "vitest";
import {
  choiceProblems,
  isWhole,
  listed,
  type Problem,
  repeated,
  under,
  unless,
  wholeNumberProblems,
} from "./index.ts";

const problem: Problem = { argument: "days", given: "0", allowed: "1 or more", fix: "use 7" };

test("a condition that holds is no problem", () => {
  expect(unless(true, problem)).toEqual([]);
  expect(unless(false, problem)).toEqual([problem]);
});

test("a path is put before every argument, and nothing else changes", () => {
  expect(under("settings", [problem, { ...problem, argument: "lock" }])).toEqual([
    { ...problem, argument: "settings.days" },
    { ...problem, argument: "settings.lock" },
  ]);
});

test("a number is whole within its bounds, which belong to the range", () => {
  expect([0, 1, 35, 36, 1.5, Number.NaN].filter((value) => isWhole(value, 1, 35))).toEqual([1, 35]);
  expect([0, 1, 1e9, Number.POSITIVE_INFINITY].filter((value) => isWhole(value, 1))).toEqual([1, 1e9]);
});

test("a number out of bounds is refused with its bounds", () => {
  expect(wholeNumberProblems("days", 36, { least: 1, most: 35 }, "use 7")).toEqual([
    { argument: "days", given: "36", allowed: "a whole number from 1 to 35", fix: "use 7" },
  ]);
  expect(wholeNumberProblems("days", 0.5, { least: 1 }, "use 7")).toEqual([
    { argument: "days", given: "0.5", allowed: "a whole number, 1 or more", fix: "use 7" },
  ]);
  expect(wholeNumberProblems("days", 35, { least: 1, most: 35 }, "use 7")).toEqual([]);
});

test("a value outside its list is refused with the list", () => {
  expect(choiceProblems("version", "7", ["8", "9"], "use 9")).toEqual([
    { argument: "version", given: '"7"', allowed: "8, 9", choices: ["8", "9"], fix: "use 9" },
  ]);
  expect(choiceProblems("seconds", 2, [1, 5], "use 5")).toMatchObject([{ given: "2", allowed: "1, 5" }]);
  expect(choiceProblems("version", "9", ["8", "9"], "use 9")).toEqual([]);
});

test("a message lists names, and says so when there are none", () => {
  expect([listed(["a", "b"]), listed([])]).toEqual(["a, b", "none"]);
});

test("a name that stands three times in a list is found once", () => {
  expect(repeated(["a", "b", "a", "c", "c", "a"])).toEqual(["a", "c"]);
});
