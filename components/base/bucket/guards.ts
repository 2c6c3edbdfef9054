import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { dataOptions, policyDocument, type Removal, type StatementInput } from "../core/index.ts";
import type { BucketLock } from "./args.ts";

export interface GuardedArgs {
  /** Left out if only a key of the service works. */
  readonly keyArn?: pulumi.Input<string>;
  readonly retentionDays: number;
  readonly removal: Removal;
  /** @default none */
  readonly lock?: BucketLock;
  readonly statements: (arn: string) => StatementInput[];
}

/** A bucket and those of its guards that other resources wait for. */
export interface GuardedBucket {
  readonly bucket: aws.s3.Bucket;
  readonly versioning: aws.s3.BucketVersioning;
  readonly policy: aws.s3.BucketPolicy;
  readonly lock: aws.s3.BucketObjectLockConfiguration | undefined;
}

/**
 * The same for a source and its copy: private, owner enforced, versioned, encrypted, TLS only, with expiry. These settings
 * stay with the bucket: a bucket that a destroy keeps must not become open or lose its versions.
 */
export function createGuardedBucket(name: string, args: GuardedArgs, parent: pulumi.Resource): GuardedBucket {
  const bucket = new aws.s3.Bucket(
    name,
    // S3 never removes a lock, and the provider replaces a bucket that gets one later ("Forces new resource" in its page of aws_s3_bucket).
    { forceDestroy: args.removal === "remove", ...(args.lock ? { objectLockEnabled: true } : {}) },
    { parent, ...dataOptions(args.removal) },
  );
  const versioning = new aws.s3.BucketVersioning(
    name,
    { bucket: bucket.id, versioningConfiguration: { status: "Enabled" } },
    { parent, ...dataOptions(args.removal) },
  );
  createEncryption(name, bucket, args, parent);
  const policy = createAccess(name, bucket, args, parent);
  createLifecycle(name, bucket, args, parent);
  return { bucket, versioning, policy, lock: createLock(name, bucket, args, parent) };
}

/** Locks as long as the retention. Earlier the lifecycle can only hide a version; afterwards it deletes it. */
function createLock(
  name: string,
  bucket: aws.s3.Bucket,
  args: GuardedArgs,
  parent: pulumi.Resource,
): aws.s3.BucketObjectLockConfiguration | undefined {
  const { lock, retentionDays } = args;
  if (lock === undefined) return undefined;
  const mode = lock === "compliance" ? "COMPLIANCE" : "GOVERNANCE";
  return new aws.s3.BucketObjectLockConfiguration(
    name,
    { bucket: bucket.id, rule: { defaultRetention: { mode, days: retentionDays } } },
    { parent, ...dataOptions(args.removal) },
  );
}

function createEncryption(
  name: string,
  bucket: aws.s3.Bucket,
  args: GuardedArgs,
  parent: pulumi.Resource,
): void {
  const encryption = args.keyArn
    ? {
        applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: args.keyArn },
        bucketKeyEnabled: true,
      }
    : { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } };
  new aws.s3.BucketServerSideEncryptionConfiguration(
    name,
    { bucket: bucket.id, rules: [encryption] },
    { parent, ...dataOptions(args.removal) },
  );
}

function createAccess(
  name: string,
  bucket: aws.s3.Bucket,
  args: GuardedArgs,
  parent: pulumi.Resource,
): aws.s3.BucketPolicy {
  const block = new aws.s3.BucketPublicAccessBlock(
    name,
    {
      bucket: bucket.id,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    },
    { parent, ...dataOptions(args.removal) },
  );
  new aws.s3.BucketOwnershipControls(
    name,
    { bucket: bucket.id, rule: { objectOwnership: "BucketOwnerEnforced" } },
    { parent, ...dataOptions(args.removal) },
  );
  const statements = bucket.arn.apply((arn) => args.statements(arn));
  // S3 refuses two policy changes at once, so the public access block comes first.
  return new aws.s3.BucketPolicy(
    name,
    { bucket: bucket.id, policy: policyDocument(statements) },
    // Stays in AWS with its bucket. Not protected: it names roles, and what is protected keeps all that it was made from.
    { parent, dependsOn: [block], retainOnDelete: dataOptions(args.removal).retainOnDelete },
  );
}

function createLifecycle(
  name: string,
  bucket: aws.s3.Bucket,
  args: GuardedArgs,
  parent: pulumi.Resource,
): void {
  new aws.s3.BucketLifecycleConfiguration(
    name,
    {
      bucket: bucket.id,
      rules: [
        {
          id: "expire",
          status: "Enabled",
          filter: { prefix: "" },
          expiration: { days: args.retentionDays },
          // One week to notice a deletion by mistake.
          noncurrentVersionExpiration: { noncurrentDays: 7 },
          abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
        },
      ],
    },
    { parent, ...dataOptions(args.removal) },
  );
}
