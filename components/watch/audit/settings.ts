import { flag, group, mostDays, number, type Settings, word } from "../../base/core/settings.ts";

/** What an environment decides about the audit of its account. Exactly one environment of an account owns the audit. */
export const auditSettings = group({
  /** Days that trail events stay searchable in CloudWatch. */
  logRetentionDays: number(),
  /** Days that trail files stay in their bucket. Auditors require at least a year. */
  trailRetentionDays: number({ most: mostDays }),
  /** Who can delete files earlier: everybody with permission, only those who may bypass the lock, or nobody. */
  trailLock: word("none", "governance", "compliance"),
  /** Whether the bucket is copied to the recovery region, so that evidence survives an intruder or an outage in one region. */
  trailCopied: flag(),
  /** How often GuardDuty repeats a known finding. */
  findingFrequency: word("FIFTEEN_MINUTES", "ONE_HOUR", "SIX_HOURS"),
});

export type AuditSettings = Settings<typeof auditSettings>;
