import type * as pulumi from "@pulumi/pulumi";
import type { CopyArgs } from "../../base/bucket/index.ts";
import type { Removal } from "../../base/core/index.ts";
import type { AuditSettings } from "./settings.ts";

export interface AuditArgs {
  readonly settings: AuditSettings;
  /** Fixed name of the trail, because the policies of its bucket and key contain it. */
  readonly trailName: string;
  readonly accountId: string;
  readonly region: string;
  readonly removal: Removal;
  /** Encrypts the trail and its log group. Its policy must allow CloudTrail and CloudWatch Logs. */
  readonly logKeyArn: pulumi.Input<string>;
  /** Encrypts volumes without a key of their own. */
  readonly diskKeyArn: pulumi.Input<string>;
  /** Topic of the alarms on the trail and of high findings. */
  readonly alarmTopicArn: pulumi.Input<string>;
  /** Copy of the trail in another region. Required exactly when `settings.trailCopied` is true. @default none */
  readonly trailCopy?: Pick<CopyArgs, "region" | "provider" | "keyArn" | "delayTopicArn">;
}
