/** What an environment decides about the audit of its account. One environment of an account owns it. */
export interface AuditSettings {
  /** Days that the trail stays searchable in CloudWatch. */
  readonly logRetentionDays: number;
  /** Days that the trail stays in its bucket; auditors ask for a year at least. */
  readonly trailRetentionDays: number;
  /** Who deletes its files before that: anybody with the right, only who may bypass the lock, or nobody at all. */
  readonly trailLock: "none" | "governance" | "compliance";
  /** Whether its bucket is copied to the recovery region: evidence must survive the region that an intruder or an outage takes. */
  readonly trailCopied: boolean;
  /** How often GuardDuty tells of a finding it has told before. */
  readonly findingFrequency: "FIFTEEN_MINUTES" | "ONE_HOUR" | "SIX_HOURS";
}
