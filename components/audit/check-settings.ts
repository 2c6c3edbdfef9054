import { logRetentionProblems, type Problem } from "../core/index.ts";
import type { AuditSettings } from "./settings.ts";

/** An intrusion is found after months; a trail that ends sooner shows only how it went on. */
const leastTrailDays = 365;

/** Everything wrong with what an environment says about its audit. */
export function checkAuditSettings(settings: AuditSettings): Problem[] {
  const problems = logRetentionProblems(settings.logRetentionDays);
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
