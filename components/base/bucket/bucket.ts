import * as pulumi from "@pulumi/pulumi";
import { refuse } from "../core/index.ts";
import type { BucketArgs, CopyArgs } from "./args.ts";
import { bucketProblems } from "./check.ts";
import { BucketCopy } from "./copy.ts";
import { createGuardedBucket, type GuardedBucket } from "./guards.ts";
import { createReplication } from "./replication.ts";
import { bucketStatements } from "./statements.ts";

/** A private, versioned, encrypted bucket. Every object expires. With `copy`, S3 copies it to another region. */
export class Bucket extends pulumi.ComponentResource {
  /** Available after the policy, because a delivery service tests a write as soon as it is configured. */
  readonly arn: pulumi.Output<string>;
  /** Available after policy, lock and copy, so that the first object is already locked and copied. */
  readonly name: pulumi.Output<string>;
  /** The copy, if there is one. */
  readonly copyArn: pulumi.Output<string> | undefined;

  constructor(name: string, args: BucketArgs, opts?: pulumi.ComponentResourceOptions) {
    super("task-platform:bucket:Bucket", name, {}, opts);
    refuse(`bucket "${name}"`, bucketProblems(args), this);
    const source = createGuardedBucket(
      name,
      { ...args, statements: (arn) => bucketStatements(arn, args) },
      this,
    );
    const copied = args.copy ? createCopy(name, args, args.copy, source, this) : undefined;
    this.arn = pulumi.all([source.bucket.arn, source.policy.id]).apply(([arn]) => arn);
    this.name = pulumi
      .all([source.policy.bucket, source.lock?.id, copied?.ready])
      .apply(([bucket]) => bucket);
    this.copyArn = copied?.copy.arn;
    this.registerOutputs({ arn: this.arn, name: this.name });
  }
}

function createCopy(name: string, args: BucketArgs, to: CopyArgs, source: GuardedBucket, parent: Bucket) {
  const copy = new BucketCopy(
    `${name}-copy`,
    {
      ...to,
      sourceName: source.bucket.bucket,
      removal: args.removal,
      // S3 copies locked objects together with their lock, and only to a bucket that can lock.
      ...(args.lock ? { lock: args.lock } : {}),
    },
    { parent, providers: [to.provider] },
  );
  const { id: ready } = createReplication(name, args, source, { ...to, copy }, parent);
  return { copy, ready };
}
