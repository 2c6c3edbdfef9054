import { group, number, type Settings } from "../../base/core/settings.ts";

/** What an environment may cost. */
export const budgetSettings = group({
  /** US dollars per month: the price of the resources in the environment spec, plus a tenth for traffic. */
  monthlyUsd: number({ most: 100_000_000 }), // Only catches a slip, as below.
  /** Cost of an anomaly, in US dollars, from which a notification is sent. */
  anomalyUsd: number({ most: 100_000_000 }),
});

export type BudgetSettings = Settings<typeof budgetSettings>;
