import type { Problem } from "../../base/core/index.ts";
import type { BudgetSettings } from "./settings.ts";

/** All problems of the budget settings of an environment. */
export function checkBudgetSettings(settings: BudgetSettings): Problem[] {
  return (["monthlyUsd", "anomalyUsd"] as const).flatMap((argument) =>
    Number.isFinite(settings[argument]) && settings[argument] > 0
      ? []
      : [
          {
            argument,
            given: String(settings[argument]),
            allowed: "a number above 0, in US dollars",
            fix: "use the price of the environment in docs/environments.md plus a tenth",
          },
        ],
  );
}
