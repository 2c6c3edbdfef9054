import { isWhole, logRetentionProblems, type Problem } from "../../base/core/index.ts";
import type { AuditArgs } from "./args.ts";
import type { AuditSettings } from "./settings.ts";

/** Intrusions are often found after months; a shorter trail would not show how one began. */
const leastTrailDays = 365;

/** All problems of the arguments of the block. */
export function checkAuditArgs({ settings, trailCopy }: AuditArgs): Problem[] {
  const problems = checkAuditSettings(settings);
  if (settings.trailCopied !== (trailCopy !== undefined)) {
    problems.push({
      argument: "trailCopy",
      given: trailCopy ? `a copy in ${trailCopy.region}` : "none",
      allowed: settings.trailCopied
        ? "a copy, because trailCopied is true"
        : "none, because trailCopied is false",
      fix: "make both agree: a missing copy is noticed only when it is needed",
    });
  }
  return problems;
}

/** All problems of the audit settings of an environment. */
export function checkAuditSettings(settings: AuditSettings): Problem[] {
  const problems = logRetentionProblems(settings.logRetentionDays);
  if (!isWhole(settings.trailRetentionDays, leastTrailDays)) {
    problems.push({
      argument: "trailRetentionDays",
      given: String(settings.trailRetentionDays),
      allowed: `a whole number, ${leastTrailDays} or more`,
      fix: "use at least a year: the bucket costs cents per month",
    });
  }
  return problems;
}
