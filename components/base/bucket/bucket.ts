import * as pulumi from "@pulumi/pulumi";
import { refuse } from "../core/index.ts";
import type { BucketArgs, CopyArgs } from "./args.ts";
import { checkBucketArgs } from "./check-args.ts";
import { BucketCopy } from "./copy.ts";
import { createGuardedBucket, type GuardedBucket } from "./guards.ts";
import { createReplication } from "./replication.ts";
import { bucketStatements } from "./statements.ts";

/** A private, versioned, encrypted bucket with an end to everything in it, and a copy in another region if asked for. */
export class Bucket extends pulumi.ComponentResource {
  /** Waiting for either waits for the policy: who delivers here tries a write the moment it is told to. */
  readonly arn: pulumi.Output<string>;
  /** Waits for lock and copy too, so that the first thing written is locked and copied. */
  readonly name: pulumi.Output<string>;
  /** The copy, where there is one. */
  readonly copyArn: pulumi.Output<string> | undefined;

  constructor(name: string, args: BucketArgs, opts?: pulumi.ComponentResourceOptions) {
    super("task-platform:bucket:Bucket", name, {}, opts);
    refuse(`bucket "${name}"`, checkBucketArgs(args), this);
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
      // S3 copies locked objects with their lock, and only into a bucket that can lock.
      ...(args.lock ? { lock: args.lock } : {}),
    },
    { parent, providers: [to.provider] },
  );
  const { id: ready } = createReplication(name, args, source, { ...to, copy }, parent);
  return { copy, ready };
}
