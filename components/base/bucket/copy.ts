import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { createAlarms } from "../alarms/index.ts";
import type { Removal } from "../core/index.ts";
import { delayAlarm } from "./alarms.ts";
import type { BucketLock, CopyArgs } from "./args.ts";
import { createGuardedBucket } from "./guards.ts";
import { tlsOnly } from "./statements.ts";

interface BucketCopyArgs extends Pick<CopyArgs, "keyArn" | "retentionDays" | "delayTopicArn"> {
  readonly sourceName: pulumi.Input<string>;
  readonly removal: Removal;
  readonly lock?: BucketLock;
}

/** The copy of a bucket in another region, with the guards of the source and access for no service. */
export class BucketCopy extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;
  readonly name: pulumi.Output<string>;
  /** S3 requires versioning on the copy before it replicates to it. */
  readonly versioning: aws.s3.BucketVersioning;

  constructor(name: string, args: BucketCopyArgs, opts: pulumi.ComponentResourceOptions) {
    super("task-platform:bucket:BucketCopy", name, {}, opts);
    // The replication role belongs to this account and has its permissions from IAM, so the policy need not name it.
    const { bucket, versioning, policy } = createGuardedBucket(
      name,
      { ...args, statements: (arn) => [tlsOnly(arn)] },
      this,
    );
    const buckets = { source: args.sourceName, copy: bucket.bucket };
    createAlarms(name, [delayAlarm(buckets)], { topicArn: args.delayTopicArn }, this);
    this.arn = pulumi.all([bucket.arn, policy.id]).apply(([arn]) => arn);
    this.name = bucket.bucket;
    this.versioning = versioning;
    this.registerOutputs({ arn: this.arn, name: this.name });
  }
}
