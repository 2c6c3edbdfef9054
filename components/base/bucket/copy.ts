import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { createAlarms } from "../alarms/index.ts";
import type { Removal } from "../core/index.ts";
import { delaySpec } from "./alarm-specs.ts";
import type { BucketLock, CopyArgs } from "./args.ts";
import { createGuardedBucket } from "./guards.ts";
import { tlsOnly } from "./statements.ts";

interface BucketCopyArgs extends Pick<CopyArgs, "keyArn" | "retentionDays" | "delayTopicArn"> {
  readonly sourceName: pulumi.Input<string>;
  readonly removal: Removal;
  readonly lock?: BucketLock;
}

/** The other end of a replication, in its own region: guarded as the source, and open to no service. */
export class BucketCopy extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;
  readonly name: pulumi.Output<string>;
  /** What S3 wants to see before it replicates here. */
  readonly versioning: aws.s3.BucketVersioning;

  constructor(name: string, args: BucketCopyArgs, opts: pulumi.ComponentResourceOptions) {
    super("task-platform:bucket:BucketCopy", name, {}, opts);
    // The replication role is of this account and has its rights from IAM, so the policy need not name it.
    const { bucket, versioning, policy } = createGuardedBucket(
      name,
      { ...args, statements: (arn) => [tlsOnly(arn)] },
      this,
    );
    const ends = { source: args.sourceName, copy: bucket.bucket };
    createAlarms(name, [delaySpec(ends)], { topicArn: args.delayTopicArn }, this);
    this.arn = pulumi.all([bucket.arn, policy.id]).apply(([arn]) => arn);
    this.name = bucket.bucket;
    this.versioning = versioning;
    this.registerOutputs({ arn: this.arn, name: this.name });
  }
}
