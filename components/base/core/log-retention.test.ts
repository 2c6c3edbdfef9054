import { expect, test } from "vitest";
import { logRetentionProblems } from "./log-retention.ts";

test("only the retentions of CloudWatch Logs pass, and the message names the argument of the caller", () => {
  for (const days of [1, 7, 90, 365, 3653]) expect(logRetentionProblems(days)).toEqual([]);
  for (const days of [0, -1, 2, 8, 364, 366, 4000, 7.5, Number.NaN]) {
    expect(logRetentionProblems(days, "settings.logRetentionDays")).toMatchObject([
      { argument: "settings.logRetentionDays", given: String(days), fix: "use the nearest of these" },
    ]);
  }
});
