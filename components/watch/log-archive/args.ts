import type * as pulumi from "@pulumi/pulumi";
import type { Removal } from "../../base/core/index.ts";

export interface LogArchiveArgs {
  /** Prefix of the object names, such as "control-plane": `<folder>/2026/11/25/…`. */
  readonly folder: string;
  /** Archived log group: all new lines, but not the existing ones. */
  readonly logGroupName: pulumi.Input<string>;
  /** Days that a line stays in the bucket. */
  readonly retentionDays: number;
  /** Prefix of the metric name, such as "task-prod", because all environments of an account share the metric namespace. */
  readonly prefix: string;
  readonly accountId: string;
  readonly region: string;
  readonly removal: Removal;
  /** Encrypts bucket, stream and error log. Its policy must allow CloudWatch Logs. */
  readonly keyArn: pulumi.Input<string>;
  /** Days that messages about failed deliveries are kept. */
  readonly errorRetentionDays: number;
  readonly alarmTopicArn: pulumi.Input<string>;
}
