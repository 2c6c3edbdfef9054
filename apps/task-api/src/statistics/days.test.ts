import { expect, test } from "vitest";
import { Problem } from "../problems/index.ts";
import { daysOf, mostDays } from "./days.ts";

const now = new Date("2026-11-27T23:30:00Z");

function problemsOf(query: Parameters<typeof daysOf>[0]): readonly string[] {
  try {
    daysOf(query, now);
    return [];
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return error.errors.map(({ pointer, detail }) => `${pointer.replace("querystring: /", "")}: ${detail}`);
  }
}

test("without days the last week up to today is meant, and without a first day the week before the last one", () => {
  expect(daysOf({}, now)).toEqual([
    ...["2026-11-21", "2026-11-22", "2026-11-23", "2026-11-24"],
    ...["2026-11-25", "2026-11-26", "2026-11-27"],
  ]);
  expect(daysOf({ to: "2026-03-01" }, now)).toContain("2026-02-28");
  expect(daysOf({ from: "2026-11-26" }, now)).toEqual(["2026-11-26", "2026-11-27"]);
  expect(daysOf({ from: "2026-11-27", to: "2026-11-27" }, now)).toEqual(["2026-11-27"]);
});

test("a quarter is allowed, a day more is not", () => {
  expect(daysOf({ from: "2026-08-28" }, now)).toHaveLength(mostDays);
  expect(problemsOf({ from: "2026-08-27" })).toEqual([
    "from: got 93 days up to 2026-11-27; allowed: 92; ask for fewer at a time",
  ]);
});

test.each([
  [{ to: "2026-11-28" }, ["to: got 2026-11-28; allowed: 2025-10-23 to 2026-11-27; days are in UTC"]],
  [
    { from: "2026-11-20", to: "2026-11-19" },
    ["from: got 2026-11-20; allowed: 2025-10-23 to 2026-11-19; days are in UTC"],
  ],
  [
    { from: "0001-01-01", to: "9999-12-31" },
    [
      "to: got 9999-12-31; allowed: 2025-10-23 to 2026-11-27; days are in UTC",
      "from: got 0001-01-01; allowed: 2025-10-23 to 2026-11-27; days are in UTC",
    ],
  ],
  [
    { from: "2020-01-01", to: "2020-01-02" },
    [
      "to: got 2020-01-02; allowed: 2025-10-23 to 2026-11-27; days are in UTC",
      "from: got 2020-01-01; allowed: 2025-10-23 to 2025-10-23; days are in UTC",
    ],
  ],
])("%j is refused with all that is wrong", (query, problems) => {
  expect(problemsOf(query)).toEqual(problems);
});
