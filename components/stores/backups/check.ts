import { type Problem, unless, wholeNumberProblems } from "../../base/core/index.ts";
import type { BackupSettings } from "./settings.ts";

/** docs/requirements.md, platform: daily snapshots are kept for 30 days. */
const leastDailyDays = 30;

/** The longest retention of a continuous recovery point in AWS Backup. */
const mostContinuousDays = 35;

/** The shortest cooling period that AWS Backup accepts. */
const leastCoolingDays = 3;

/** Everything wrong with the backup part of an environment spec. */
export function checkBackupSettings(settings: BackupSettings): Problem[] {
  const { dailyRetentionDays, continuousRetentionDays, lock, coolingDays } = settings;
  return [
    ...wholeNumberProblems(
      "dailyRetentionDays",
      dailyRetentionDays,
      { least: leastDailyDays },
      "keep 30 days: people notice damage weeks later",
    ),
    ...wholeNumberProblems(
      "continuousRetentionDays",
      continuousRetentionDays,
      { least: 1, most: mostContinuousDays },
      "use 7; older states are in the daily backups",
    ),
    ...unless(lock !== "compliance" || coolingDays >= leastCoolingDays, {
      argument: "coolingDays",
      given: String(coolingDays),
      allowed: `${leastCoolingDays} or more with a compliance lock`,
      fix: "leave time to undo it: afterwards nobody can, and every backup costs money until its retention is over",
    }),
  ];
}
