import { expect, test } from "vitest";
import { logRetentionProblems } from "./log-retention.ts";
import { isWhole } from "./numbers.ts";

test("only retentions that CloudWatch Logs takes pass, and the message lists them under the argument's own name", () => {
  for (const days of [1, 7, 90, 365, 3653]) expect(logRetentionProblems(days)).toEqual([]);
  for (const days of [0, -1, 2, 8, 364, 366, 4000, 7.5, Number.NaN]) {
    expect(logRetentionProblems(days, "settings.logRetentionDays")).toMatchObject([
      { argument: "settings.logRetentionDays", given: String(days), fix: "use the nearest of these" },
    ]);
  }
});

test("a number is whole within its bounds, which belong to it", () => {
  expect([0, 1, 35, 36, 1.5, Number.NaN].map((value) => isWhole(value, 1, 35))).toEqual([
    false,
    true,
    true,
    false,
    false,
    false,
  ]);
});
