import { logRetentionProblems, type Problem } from "../../base/core/index.ts";
import type { AuditArgs } from "./audit.ts";
import type { AuditSettings } from "./settings.ts";

/** An intrusion is found after months; a trail that ends sooner shows only how it went on. */
const leastTrailDays = 365;

/** Everything wrong with the arguments of the block. */
export function auditProblems({ settings, trailCopy }: AuditArgs): Problem[] {
  const problems = checkAuditSettings(settings);
  if (settings.trailCopied !== (trailCopy !== undefined)) {
    problems.push({
      argument: "trailCopy",
      given: trailCopy ? `a copy in ${trailCopy.region}` : "none",
      allowed: settings.trailCopied
        ? "a copy, because trailCopied is true"
        : "none, because trailCopied is false",
      fix: "let both say the same: a trail that was to be copied and is not is missed on the day it is needed",
    });
  }
  return problems;
}

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
