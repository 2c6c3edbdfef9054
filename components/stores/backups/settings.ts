/** What an environment decides about its backups. */
export interface BackupSettings {
  /** Days a daily backup is kept, at home and in the recovery region. */
  readonly dailyRetentionDays: number;
  /** Days back that a store can be restored to any second: 1 to 35. */
  readonly continuousRetentionDays: number;
  /**
   * Whether vaults refuse to lose a backup early. `governance` can be lifted by whoever may change the vault;
   * `compliance` by nobody, AWS included, once `coolingDays` have passed.
   */
  readonly lock: "none" | "governance" | "compliance";
  /** Days to change one's mind about a compliance lock, 3 or more. */
  readonly coolingDays: number;
  /** When a restore is tried for real; `none` where nobody would look at the result. */
  readonly restoreTest: "none" | "weekly" | "monthly";
}
