import type * as pulumi from "@pulumi/pulumi";
import type { Removal } from "../../base/core/index.ts";
import type { BackupSettings } from "./settings.ts";

export interface BackupsArgs {
  readonly settings: BackupSettings;
  /** Prefix of the fixed names, such as "task-prod". */
  readonly prefix: string;
  readonly accountId: string;
  readonly removal: Removal;
  /** Encrypts the backups. */
  readonly keyArn: pulumi.Input<string>;
  /** Encrypts the copies; a key of the recovery region. */
  readonly recoveryKeyArn: pulumi.Input<string>;
  /** Provider of the recovery region. */
  readonly recoveryProvider: pulumi.ProviderResource;
  /** Topic for failed backups and copies, and for completed restores. */
  readonly alarmTopicArn: pulumi.Input<string>;
  /** Value of the tag `Environment` on the stores to back up. */
  readonly environmentTag: string;
}
