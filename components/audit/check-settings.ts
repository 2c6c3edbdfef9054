import type { Problem } from "../core/index.ts";
import type { AuditSettings } from "./settings.ts";

/** The only retentions CloudWatch Logs takes, up to ten years. */
const logRetentionsDays = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** An intrusion is found after months; a trail that ends sooner shows only how it went on. */
const leastTrailDays = 365;

/** Everything wrong with what an environment says about its audit. */
export function checkAuditSettings(settings: AuditSettings): Problem[] {
  const problems: Problem[] = [];
  if (!logRetentionsDays.includes(settings.logRetentionDays)) {
    problems.push({
      argument: "logRetentionDays",
      given: String(settings.logRetentionDays),
      allowed: logRetentionsDays.join(", "),
      fix: "use the nearest of these",
    });
  }
  if (!Number.isInteger(settings.trailRetentionDays) || settings.trailRetentionDays < leastTrailDays) {
    problems.push({
      argument: "trailRetentionDays",
      given: String(settings.trailRetentionDays),
      allowed: `a whole number from ${leastTrailDays}`,
      fix: "keep a year at least: the bucket costs cents a month",
    });
  }
  return problems;
}
