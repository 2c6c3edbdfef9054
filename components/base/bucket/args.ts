import type * as pulumi from "@pulumi/pulumi";
import type { Removal } from "../core/index.ts";

export type BucketLock = "governance" | "compliance";

export interface BucketArgs {
  /** What is kept in it; load balancers can only write to buckets without a customer key. */
  readonly purpose: "flow-logs" | "load-balancer-logs" | "log-archive" | "audit" | "backup";
  /** Left out for `load-balancer-logs` only. */
  readonly keyArn?: pulumi.Input<string>;
  readonly retentionDays: number;
  readonly accountId: string;
  readonly region: string;
  readonly removal: Removal;
  /**
   * Keeps every version until its retention is over: in `governance` who may bypass it can delete, in `compliance` nobody,
   * the root user and this program included. Takes effect for what is written after it. @default none
   */
  readonly lock?: BucketLock;
  /** For what must survive the region. Only what is written after it was turned on is copied. @default none */
  readonly copy?: CopyArgs;
}

/** Where everything is copied to, in minutes. */
export interface CopyArgs {
  readonly region: string;
  /** Provider of that region. */
  readonly provider: pulumi.ProviderResource;
  /** Encrypts the copy; a key of that region. */
  readonly keyArn: pulumi.Input<string>;
  /** At least as long as at home: a copy is looked for when the original is gone. */
  readonly retentionDays: number;
  /** Topic at home: S3 counts failures in the region of the source, and an alarm reaches topics of its region only. */
  readonly failureTopicArn: pulumi.Input<string>;
  /** Topic in the region of the copy, where S3 measures how late it is. */
  readonly delayTopicArn: pulumi.Input<string>;
}
