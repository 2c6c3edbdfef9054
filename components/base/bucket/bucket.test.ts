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
const encryptionType = "bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";

test("a bucket is private, versioned, encrypted with the given key, and everything in it expires", async () => {
  const plan = await planBucket();
  const bucket = plan.one("aws:s3/bucket:Bucket").id;
  const guards = plan.resources
    .filter(({ type }) => type.startsWith("aws:s3/") && !/bucketPolicy|bucket:/.test(type))
    .map(({ type, inputs }) => [type.split(":").at(-1), inputs]);
  expect(of(plan, "bucket:Bucket")).toEqual({ forceDestroy: false });
  expect(Object.fromEntries(guards)).toEqual({
    BucketVersioning: { bucket, versioningConfiguration: { status: "Enabled" } },
    BucketServerSideEncryptionConfiguration: {
      bucket,
      rules: [
        {
          applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: "key-logs" },
          bucketKeyEnabled: true,
        },
      ],
    },
    BucketPublicAccessBlock: {
      bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    },
    BucketOwnershipControls: { bucket, rule: { objectOwnership: "BucketOwnerEnforced" } },
    BucketLifecycleConfiguration: {
      bucket,
      rules: [
        {
          id: "expire",
          status: "Enabled",
          filter: { prefix: "" },
          expiration: { days: 90 },
          noncurrentVersionExpiration: { noncurrentDays: 7 },
          abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
        },
      ],
    },
  });
});

test("without a key S3 encrypts with its own key, because load balancers can write to no other bucket", async () => {
  const { keyArn: _, ...rest } = base;
  const plan = await planProgram(() => {
    new Bucket("logs", { ...rest, purpose: "load-balancer-logs" });
  });
  expect(of(plan, encryptionType).rules).toEqual([
    { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } },
  ]);
});

test("every request needs TLS, and only log delivery of this account writes flow logs", async () => {
  const plan = await planBucket();
  const { arn } = plan.one("aws:s3/bucket:Bucket").outputs;
  const policy = plan.one("aws:s3/bucketPolicy:BucketPolicy");
  const condition = {
    StringEquals: { "aws:SourceAccount": "123456789012" },
    ArnLike: { "aws:SourceArn": "arn:aws:logs:us-east-1:123456789012:*" },
  };
  const delivery = { Effect: "Allow", Principal: { Service: ["delivery.logs.amazonaws.com"] } };
  expect(JSON.parse(String(policy.inputs.policy)).Statement).toEqual([
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
  // S3 refuses two policy changes at once.
  const block = plan.one("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock");
  expect(policy.options.dependencies).toContain(block.urn);
});

test("a bucket for another purpose gives no service access", () => {
  const sids = bucketStatements("arn:aws:s3:::b", { ...base, purpose: "backup" }).map(({ sid }) => sid);
  expect(sids).toEqual(["TlsOnly"]);
});

test.each([
  ["compliance", "COMPLIANCE"],
  ["governance", "GOVERNANCE"],
] as const)(
  "a %s lock lasts as long as the retention and is there before the first object",
  async (lock, mode) => {
    const plan = await planProgram(() => {
      const bucket = new Bucket("logs", { ...base, lock });
      new aws.s3.BucketNotification("writer", { bucket: bucket.name });
    });
    expect(of(plan, "bucket:Bucket").objectLockEnabled).toBe(true);
    const configuration = plan.one("aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration");
    expect(configuration.inputs).toEqual({
      bucket: plan.one("aws:s3/bucket:Bucket").id,
      rule: { defaultRetention: { mode, days: 90 } },
    });
    const writer = plan.one("aws:s3/bucketNotification:BucketNotification");
    expect(writer.options.dependencies).toContain(configuration.urn);
  },
);

test("a compliance lock is refused with removal remove, because a destroy would fail", async () => {
  await expect(planBucket({ lock: "compliance", removal: "remove" })).rejects.toThrow(
    'lock: got "compliance" with removal "remove"; allowed: "governance" or none',
  );
});

test.each([
  ["retain-all", true],
  ["remove", false],
] as const)("with removal %s the bucket and its objects are kept: %s", async (removal, kept) => {
  const { inputs, options } = (await planBucket({ removal })).one("aws:s3/bucket:Bucket");
  expect([!inputs.forceDestroy, options.protect, options.retainOnDelete]).toEqual([kept, kept, kept]);
});
