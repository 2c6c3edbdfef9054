/** What an environment may cost. */
export interface BudgetSettings {
  /** US dollars a month: the price of what the page declares, and a tenth for traffic. */
  readonly monthlyUsd: number;
  /** An anomaly is told when it is expected to cost so many US dollars. */
  readonly anomalyUsd: number;
}
