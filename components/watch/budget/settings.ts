/** What an environment may cost. */
export interface BudgetSettings {
  /** US dollars per month: the price of the resources in the environment spec, plus a tenth for traffic. */
  readonly monthlyUsd: number;
  /** Cost of an anomaly, in US dollars, from which a notification is sent. */
  readonly anomalyUsd: number;
}
