/** What an environment decides about its backups. */
export interface BackupSettings {
  /** Days that both regions keep a daily backup. */
  readonly dailyRetentionDays: number;
  /** Days back to which a store can be restored, to the second: 1 to 35. */
  readonly continuousRetentionDays: number;
  /**
   * Whether the vaults refuse to delete a backup early. A principal that may change the vault can remove `governance`;
   * nobody, including AWS, can remove `compliance` after `coolingDays`.
   */
  readonly lock: "none" | "governance" | "compliance";
  /** Days in which a compliance lock can still be removed, 3 or more. */
  readonly coolingDays: number;
  /** How often a restore is tested; `none` if nobody would look at the result. */
  readonly restoreTest: "none" | "weekly" | "monthly";
}
