import * as aws from "@pulumi/aws";
import { beforeAll, expect, test } from "vitest";
import { type Plan, planProgram } from "../../../tools/plan/index.ts";
import { Bucket, type BucketArgs, type CopyArgs } from "./index.ts";

const sourceKey = "arn:aws:kms:us-east-1:123456789012:key/logs";
const copyKey = "arn:aws:kms:eu-west-1:123456789012:key/trail";

type Copied = BucketArgs & { readonly copy: CopyArgs };

/** The bucket of a trail with a copy, and a trail that writes to it. */
function planCopied(change: (args: Copied) => BucketArgs = (args) => args): Promise<Plan> {
  return planProgram(() => {
    const provider = new aws.Provider("aws-recovery", { region: "eu-west-1" });
    const args: Copied = {
      purpose: "audit",
      keyArn: sourceKey,
      retentionDays: 400,
      accountId: "123456789012",
      region: "us-east-1",
      removal: "retain-all",
      copy: {
        region: "eu-west-1",
        provider,
        keyArn: copyKey,
        retentionDays: 400,
        failureTopicArn: "topic-source",
        delayTopicArn: "topic-copy",
      },
    };
    const bucket = new Bucket("trail", change(args));
    new aws.cloudtrail.Trail("writer", { s3BucketName: bucket.name });
    return { copyArn: bucket.copyArn };
  });
}

let plan: Plan;
beforeAll(async () => {
  plan = await planCopied();
});

const source = () => plan.one("aws:s3/bucket:Bucket", "trail").outputs;
const copy = () => plan.one("aws:s3/bucket:Bucket", "trail-copy").outputs;

test("the copy has every guard of the source, its own key and its own region", () => {
  const { bucket, arn } = copy();
  const of = (kind: string) => plan.one(`aws:s3/${kind}`, "trail-copy");
  expect(of("bucketPublicAccessBlock:BucketPublicAccessBlock").inputs).toEqual({
    bucket,
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  });
  expect(of("bucketOwnershipControls:BucketOwnershipControls").inputs.rule).toEqual({
    objectOwnership: "BucketOwnerEnforced",
  });
  expect(of("bucketVersioning:BucketVersioning").inputs.versioningConfiguration).toEqual({
    status: "Enabled",
  });
  expect(
    of("bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration").inputs.rules,
  ).toEqual([
    {
      applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: copyKey },
      bucketKeyEnabled: true,
    },
  ]);
  expect(of("bucketLifecycleConfiguration:BucketLifecycleConfiguration").inputs.rules).toMatchObject([
    { expiration: { days: 400 }, noncurrentVersionExpiration: { noncurrentDays: 7 } },
  ]);
  const policy = JSON.parse(String(of("bucketPolicy:BucketPolicy").inputs.policy)) as { Statement: object[] };
  expect(policy.Statement).toMatchObject([{ Sid: "TlsOnly", Resource: [arn, `${String(arn)}/*`] }]);
  const provider = plan.one("pulumi:providers:aws", "aws-recovery");
  const there = plan.resources.filter(({ options }) => options.provider?.startsWith(provider.urn));
  expect(there.map(({ name }) => name).toSorted()).toEqual([
    ...Array.from({ length: 7 }, () => "trail-copy"),
    "trail-copy-alarm-late",
  ]);
  expect([of("bucket:Bucket").options.protect, plan.outputs.copyArn]).toEqual([true, arn]);
});

test("everything is copied within the promised time, encrypted with a key of the other region", () => {
  const config = plan.one("aws:s3/bucketReplicationConfig:BucketReplicationConfig");
  expect(config.inputs).toEqual({
    bucket: source().bucket,
    role: plan.one("aws:iam/role:Role").outputs.arn,
    rules: [
      {
        id: "everything",
        status: "Enabled",
        priority: 1,
        filter: { prefix: "" },
        deleteMarkerReplication: { status: "Disabled" },
        sourceSelectionCriteria: { sseKmsEncryptedObjects: { status: "Enabled" } },
        destination: {
          bucket: copy().arn,
          encryptionConfiguration: { replicaKmsKeyId: copyKey },
          replicationTime: { status: "Enabled", time: { minutes: 15 } },
          metrics: { status: "Enabled", eventThreshold: { minutes: 15 } },
        },
      },
    ],
  });
  const versioning = plan.all("aws:s3/bucketVersioning:BucketVersioning").map(({ urn }) => urn);
  const policy = plan.one("aws:iam/rolePolicy:RolePolicy").urn;
  expect(versioning).toHaveLength(2);
  expect(config.options.dependencies).toEqual(expect.arrayContaining([...versioning, policy]));
});

test("only S3 takes the role, without a condition that it does not document, and can only copy from the source to the copy", () => {
  const [from, to] = [String(source().arn), String(copy().arn)];
  expect(JSON.parse(String(plan.one("aws:iam/role:Role").inputs.assumeRolePolicy)).Statement).toEqual([
    {
      Sid: "Assume",
      Effect: "Allow",
      Principal: { Service: ["s3.amazonaws.com"] },
      Action: "sts:AssumeRole",
    },
  ]);
  const through = (arn: string, region: string) => ({
    StringEquals: { "kms:ViaService": `s3.${region}.amazonaws.com` },
    StringLike: { "kms:EncryptionContext:aws:s3:arn": [arn, `${arn}/*`] },
  });
  const Effect = "Allow";
  expect(JSON.parse(String(plan.one("aws:iam/rolePolicy:RolePolicy").inputs.policy)).Statement).toEqual([
    { Sid: "ReadRule", Effect, Action: ["s3:GetReplicationConfiguration", "s3:ListBucket"], Resource: from },
    {
      Sid: "ReadVersions",
      Effect,
      Action: ["s3:GetObjectVersionForReplication", "s3:GetObjectVersionAcl", "s3:GetObjectVersionTagging"],
      Resource: `${from}/*`,
    },
    {
      Sid: "WriteReplicas",
      Effect,
      Action: ["s3:ReplicateObject", "s3:ReplicateTags"],
      Resource: `${to}/*`,
    },
    {
      Sid: "DecryptSource",
      Effect,
      Action: "kms:Decrypt",
      Resource: sourceKey,
      Condition: through(from, "us-east-1"),
    },
    {
      Sid: "EncryptReplicas",
      Effect,
      Action: ["kms:Encrypt", "kms:GenerateDataKey"],
      Resource: copyKey,
      Condition: through(to, "eu-west-1"),
    },
  ]);
});

test("failures alarm in the region of the source and delays in the region of the copy, where S3 measures them", () => {
  const dimensions = {
    SourceBucket: source().bucket,
    DestinationBucket: copy().bucket,
    RuleId: "everything",
  };
  const alarm = "aws:cloudwatch/metricAlarm:MetricAlarm";
  expect(plan.one(alarm, "trail-alarm-copy-failed").inputs).toMatchObject({
    namespace: "AWS/S3",
    metricName: "OperationsFailedReplication",
    dimensions,
    statistic: "Sum",
    threshold: 0,
    evaluationPeriods: 1,
    alarmActions: ["topic-source"],
  });
  expect(plan.one(alarm, "trail-copy-alarm-late").inputs).toMatchObject({
    namespace: "AWS/S3",
    metricName: "ReplicationLatency",
    dimensions,
    statistic: "Maximum",
    threshold: 900,
    alarmActions: ["topic-copy"],
  });
});

test("the copy of a locked bucket is locked too, and the role may read the lock", async () => {
  const locked = await planCopied((args) => ({ ...args, lock: "compliance" }));
  const locks = locked.all("aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration");
  expect(locks.map(({ name, inputs }) => [name, inputs.rule])).toEqual(
    ["trail", "trail-copy"].map((name) => [name, { defaultRetention: { mode: "COMPLIANCE", days: 400 } }]),
  );
  const buckets = locked.all("aws:s3/bucket:Bucket").map(({ inputs }) => inputs.objectLockEnabled);
  expect(buckets).toEqual([true, true]);
  const { policy } = locked.one("aws:iam/rolePolicy:RolePolicy").inputs;
  expect(policy).toContain('"s3:GetObjectRetention","s3:GetObjectLegalHold"');
});

test("a writer waits until the replication exists", () => {
  const { urn } = plan.one("aws:s3/bucketReplicationConfig:BucketReplicationConfig");
  expect(plan.one("aws:cloudtrail/trail:Trail").options.dependencies).toContain(urn);
});

test("a copy in the same region, of a bucket without a key, or with a shorter retention is refused", async () => {
  const found = planCopied(({ keyArn: _, copy, ...args }) => ({
    ...args,
    copy: { ...copy, region: "us-east-1", retentionDays: 399 },
  }));
  await expect(found).rejects.toThrow(
    /bucket "trail": 3 problems, nothing was created\.\n {2}- copy\.region: got "us-east-1", the region of the bucket itself.*\n {2}- copy: got a copy of a bucket without a key.*\n {2}- copy\.retentionDays: got 399; allowed: a whole number, 400 \(the days of the source\) or more/,
  );
});
