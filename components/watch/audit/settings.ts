/** What an environment decides about the audit of its account. Exactly one environment of an account owns the audit. */
export interface AuditSettings {
  /** Days that trail events stay searchable in CloudWatch. */
  readonly logRetentionDays: number;
  /** Days that trail files stay in their bucket. Auditors require at least a year. */
  readonly trailRetentionDays: number;
  /** Who can delete files earlier: everybody with permission, only those who may bypass the lock, or nobody. */
  readonly trailLock: "none" | "governance" | "compliance";
  /** Whether the bucket is copied to the recovery region, so that evidence survives an intruder or an outage in one region. */
  readonly trailCopied: boolean;
  /** How often GuardDuty repeats a known finding. */
  readonly findingFrequency: "FIFTEEN_MINUTES" | "ONE_HOUR" | "SIX_HOURS";
}
