import * as aws from "@pulumi/aws";
import { expect, test } from "vitest";
import { type Plan, planProgram } from "../../../tools/plan/index.ts";
import { Bucket, type BucketArgs, bucketStatements } from "./index.ts";

const base: BucketArgs = {
  purpose: "flow-logs",
  keyArn: "key-logs",
  retentionDays: 90,
  accountId: "123456789012",
  region: "us-east-1",
  removal: "retain-all",
};

function planBucket(changes: Partial<BucketArgs> = {}): Promise<Plan> {
  return planProgram(() => {
    const bucket = new Bucket("logs", { ...base, ...changes });
    return { arn: bucket.arn, name: bucket.name };
  });
}

const of = (plan: Plan, kind: string) => plan.one(`aws:s3/${kind}`).inputs;

test("a bucket is closed to the public four times over and knows no access lists", async () => {
  const plan = await planBucket();
  const bucket = plan.one("aws:s3/bucket:Bucket").id;
  expect(of(plan, "bucketPublicAccessBlock:BucketPublicAccessBlock")).toEqual({
    bucket,
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  });
  expect(of(plan, "bucketOwnershipControls:BucketOwnershipControls")).toEqual({
    bucket,
    rule: { objectOwnership: "BucketOwnerEnforced" },
  });
});

test("what is in it is versioned, encrypted with the given key, and comes to an end", async () => {
  const plan = await planBucket();
  expect(of(plan, "bucketVersioning:BucketVersioning")).toMatchObject({
    versioningConfiguration: { status: "Enabled" },
  });
  expect(
    of(plan, "bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration"),
  ).toMatchObject({
    rules: [
      {
        applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: "key-logs" },
        bucketKeyEnabled: true,
      },
    ],
  });
  expect(of(plan, "bucketLifecycleConfiguration:BucketLifecycleConfiguration")).toMatchObject({
    rules: [
      {
        status: "Enabled",
        expiration: { days: 90 },
        noncurrentVersionExpiration: { noncurrentDays: 7 },
        abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
      },
    ],
  });
});

test("without a key S3 encrypts with its own, for load balancers that can write to nothing else", async () => {
  const { keyArn: _, ...rest } = base;
  const plan = await planProgram(() => {
    new Bucket("logs", { ...rest, purpose: "load-balancer-logs" });
  });
  expect(
    of(plan, "bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration"),
  ).toMatchObject({ rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }] });
});

test("its policy comes after the block, because S3 refuses two changes at once", async () => {
  const plan = await planBucket();
  const policy = plan.one("aws:s3/bucketPolicy:BucketPolicy");
  const block = plan.one("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock");
  expect(policy.options.dependencies).toContain(block.urn);
});

test("nobody reads or writes without TLS, and only log delivery of this account writes flow logs", async () => {
  const plan = await planBucket();
  const { arn } = plan.one("aws:s3/bucket:Bucket").outputs;
  const policy = JSON.parse(String(of(plan, "bucketPolicy:BucketPolicy").policy));
  const condition = {
    StringEquals: { "aws:SourceAccount": "123456789012" },
    ArnLike: { "aws:SourceArn": "arn:aws:logs:us-east-1:123456789012:*" },
  };
  const delivery = { Effect: "Allow", Principal: { Service: ["delivery.logs.amazonaws.com"] } };
  expect(policy.Statement).toEqual([
    {
      Sid: "TlsOnly",
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource: [arn, `${String(arn)}/*`],
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
    {
      Sid: "DeliveryWrite",
      ...delivery,
      Action: "s3:PutObject",
      Resource: `${String(arn)}/AWSLogs/123456789012/*`,
      Condition: condition,
    },
    { Sid: "DeliveryCheck", ...delivery, Action: "s3:GetBucketAcl", Resource: arn, Condition: condition },
  ]);
});

test("a bucket for anything else lets no service in", () => {
  const sids = bucketStatements("arn:aws:s3:::b", { ...base, purpose: "backup" }).map(({ sid }) => sid);
  expect(sids).toEqual(["TlsOnly"]);
});

test("nobody deletes from a locked bucket before the retention is over, and its first writer finds the lock", async () => {
  const plan = await planProgram(() => {
    const bucket = new Bucket("logs", { ...base, lock: "compliance" });
    new aws.s3.BucketNotification("writer", { bucket: bucket.name });
  });
  expect(of(plan, "bucket:Bucket").objectLockEnabled).toBe(true);
  const lock = plan.one("aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration");
  expect(lock.inputs).toEqual({
    bucket: plan.one("aws:s3/bucket:Bucket").id,
    rule: { defaultRetention: { mode: "COMPLIANCE", days: 90 } },
  });
  const writer = plan.one("aws:s3/bucketNotification:BucketNotification");
  expect(writer.options.dependencies).toContain(lock.urn);
  const bypassed = of(
    await planBucket({ lock: "governance" }),
    "bucketObjectLockConfiguration:BucketObjectLockConfiguration",
  );
  expect(bypassed.rule).toMatchObject({ defaultRetention: { mode: "GOVERNANCE" } });
});

test("a lock that a destroy could not get past is refused where everything may go", async () => {
  await expect(planBucket({ lock: "compliance", removal: "remove" })).rejects.toThrow(
    'lock: got "compliance" with removal "remove"; allowed: "governance" or none',
  );
});

test("a bucket is emptied only where everything may go", async () => {
  const kept = (await planBucket()).one("aws:s3/bucket:Bucket");
  expect([kept.inputs.forceDestroy, kept.options.protect, kept.options.retainOnDelete]).toEqual([
    false,
    true,
    true,
  ]);
  const gone = (await planBucket({ removal: "remove" })).one("aws:s3/bucket:Bucket");
  expect([gone.inputs.forceDestroy, gone.options.protect, gone.options.retainOnDelete]).toEqual([
    true,
    false,
    false,
  ]);
});
