import type { Problem } from "../../base/core/index.ts";
import type { BackupSettings } from "./settings.ts";

/** Specification, section 8: daily snapshots are kept for 30 days. */
const leastDailyDays = 30;

/** AWS Backup keeps a continuous recovery point no longer. */
const mostContinuousDays = 35;

/** AWS Backup accepts no shorter one. */
const leastCoolingDays = 3;

/** Everything wrong with what an environment says about its backups. */
export function checkBackupSettings(settings: BackupSettings): Problem[] {
  const problems: Problem[] = [];
  if (!Number.isInteger(settings.dailyRetentionDays) || settings.dailyRetentionDays < leastDailyDays) {
    problems.push({
      argument: "dailyRetentionDays",
      given: String(settings.dailyRetentionDays),
      allowed: `a whole number from ${leastDailyDays}`,
      fix: "keep 30 days: damage is noticed weeks after it was done",
    });
  }
  const { continuousRetentionDays } = settings;
  if (
    !Number.isInteger(continuousRetentionDays) ||
    continuousRetentionDays < 1 ||
    continuousRetentionDays > mostContinuousDays
  ) {
    problems.push({
      argument: "continuousRetentionDays",
      given: String(continuousRetentionDays),
      allowed: `1 to ${mostContinuousDays}`,
      fix: "use 7; older states are in the daily backups",
    });
  }
  if (settings.lock === "compliance" && !(settings.coolingDays >= leastCoolingDays)) {
    problems.push({
      argument: "coolingDays",
      given: String(settings.coolingDays),
      allowed: `${leastCoolingDays} or more with a compliance lock`,
      fix: "leave time to undo it: afterwards nobody can, and every backup is paid to its end",
    });
  }
  return problems;
}
