import { group, mostDays, number, type Settings, whole, word } from "../../base/core/settings.ts";

/** What an environment decides about its backups. */
export const backupSettings = group({
  /** Days that both regions keep a daily backup. */
  dailyRetentionDays: number({ most: mostDays }),
  /** Days back to which a store can be restored, to the second: 1 to 35. */
  continuousRetentionDays: number(),
  /**
   * Whether the vaults refuse to delete a backup early. A principal that may change the vault can remove `governance`;
   * nobody, including AWS, can remove `compliance` after `coolingDays`.
   */
  lock: word("none", "governance", "compliance"),
  /** Days in which a compliance lock can still be removed, 3 or more. */
  coolingDays: whole({ most: mostDays }),
  /** How often a restore is tested; `none` if nobody would look at the result. */
  restoreTest: word("none", "weekly", "monthly"),
});

export type BackupSettings = Settings<typeof backupSettings>;
