import { group, number, type Settings } from "../../base/core/settings.ts";

/** What an environment may cost. */
export const budgetSettings = group({
  /** US dollars per month: the price of the resources in the environment spec, plus a tenth for traffic. */
  monthlyUsd: number(),
  /** Cost of an anomaly, in US dollars, from which a notification is sent. */
  anomalyUsd: number(),
});

export type BudgetSettings = Settings<typeof budgetSettings>;
