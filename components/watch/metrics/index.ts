export {
  alertManagerDefinition,
  checkMetricsSettings,
  Metrics,
  type MetricsArgs,
  queryPolicy,
} from "./metrics.ts";
export { type ScrapeTarget, scrapeConfiguration } from "./scrape.ts";
export type { MetricsSettings } from "./settings.ts";
export { type AlertRule, alertRules, ruleFile, rulesWithout, runbookOf, slos } from "./slos.ts";
