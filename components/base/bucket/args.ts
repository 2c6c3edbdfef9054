import type * as pulumi from "@pulumi/pulumi";
import type { Removal } from "../core/index.ts";

export type BucketLock = "governance" | "compliance";

export interface BucketArgs {
  /** What the bucket holds. Load balancers can only write to a bucket without a customer key. */
  readonly purpose: "flow-logs" | "load-balancer-logs" | "log-archive" | "audit" | "backup";
  /** Left out for `load-balancer-logs` only. */
  readonly keyArn?: pulumi.Input<string>;
  readonly retentionDays: number;
  readonly accountId: string;
  readonly region: string;
  readonly removal: Removal;
  /**
   * Keeps every version until its retention is over. In `governance` a principal with the bypass permission can delete
   * earlier; in `compliance` nobody can, including the root user and this program. Applies to objects written after it
   * was set. @default none
   */
  readonly lock?: BucketLock;
  /** For data that must survive the loss of the region. Only objects written after it was set are copied. @default none */
  readonly copy?: CopyArgs;
}

/** Where S3 copies everything to, within minutes. */
export interface CopyArgs {
  readonly region: string;
  /** Provider of that region. */
  readonly provider: pulumi.ProviderResource;
  /** Encrypts the copy; a key of that region. */
  readonly keyArn: pulumi.Input<string>;
  /** At least as long as the source keeps its objects, because the copy is needed when the source is gone. */
  readonly retentionDays: number;
  /** Topic in the region of the source: S3 counts failures there, and an alarm can only publish in its own region. */
  readonly failureTopicArn: pulumi.Input<string>;
  /** Topic in the region of the copy, where S3 measures the delay. */
  readonly delayTopicArn: pulumi.Input<string>;
}
