import { expect, test } from "vitest";
import { type Plan, planProgram } from "../../../tools/plan/index.ts";
import { LogArchive, type LogArchiveArgs } from "./index.ts";

const base: LogArchiveArgs = {
  folder: "control-plane",
  logGroupName: "/aws/eks/task-test/cluster",
  retentionDays: 400,
  prefix: "task-test",
  accountId: "123456789012",
  region: "us-east-1",
  removal: "retain-all",
  keyArn: "arn:aws:kms:us-east-1:123456789012:key/logs",
  errorRetentionDays: 90,
  alarmTopicArn: "arn:aws:sns:us-east-1:123456789012:alarms",
};

const streamType = "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream";
const filterType = "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter";

function planArchive(changes: Partial<LogArchiveArgs> = {}): Promise<Plan> {
  return planProgram(() => {
    const archive = new LogArchive("main", { ...base, ...changes });
    return { bucketArn: archive.bucketArn, streamArn: archive.streamArn };
  });
}

interface Document {
  readonly Statement: readonly {
    readonly Sid: string;
    readonly Principal?: unknown;
    readonly Action: string | readonly string[];
    readonly Resource?: string | readonly string[];
    readonly Condition?: unknown;
  }[];
}

function statements(document: unknown): Document["Statement"] {
  return (JSON.parse(String(document)) as Document).Statement;
}

test("every line of the log group goes to the stream, and from there to a bucket with the given retention", async () => {
  const plan = await planArchive();
  const stream = plan.one(streamType);
  expect(plan.one(filterType).inputs).toEqual({
    logGroup: "/aws/eks/task-test/cluster",
    filterPattern: "",
    destinationArn: stream.outputs.arn,
    roleArn: plan.one("aws:iam/role:Role", "main-forward").outputs.arn,
  });
  const bucket = plan.one("aws:s3/bucket:Bucket");
  expect(stream.inputs.extendedS3Configuration).toMatchObject({ bucketArn: bucket.outputs.arn });
  expect(
    plan.one("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration").inputs.rules,
  ).toMatchObject([{ expiration: { days: 400 } }]);
  expect(plan.outputs).toEqual({ bucketArn: bucket.outputs.arn, streamArn: stream.outputs.arn });
});

test("stream, bucket and error log are encrypted with the given key, and files have their day in the name", async () => {
  const plan = await planArchive();
  const stream = plan.one(streamType).inputs;
  expect(stream).toEqual({
    destination: "extended_s3",
    serverSideEncryption: { enabled: true, keyType: "CUSTOMER_MANAGED_CMK", keyArn: base.keyArn },
    extendedS3Configuration: {
      roleArn: plan.one("aws:iam/role:Role", "main-delivery").outputs.arn,
      bucketArn: plan.one("aws:s3/bucket:Bucket").outputs.arn,
      bufferingInterval: 300,
      bufferingSize: 64,
      prefix: "control-plane/!{timestamp:yyyy/MM/dd}/",
      errorOutputPrefix: "errors/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd}/",
      compressionFormat: "UNCOMPRESSED",
      fileExtension: ".json.gz",
      kmsKeyArn: base.keyArn,
      cloudwatchLoggingOptions: {
        enabled: true,
        logGroupName: plan.one("aws:cloudwatch/logGroup:LogGroup").outputs.name,
        logStreamName: "delivery",
      },
    },
  });
  expect(plan.one("aws:cloudwatch/logGroup:LogGroup").inputs).toEqual({
    retentionInDays: 90,
    kmsKeyId: base.keyArn,
  });
  expect(
    plan.one("aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration").inputs
      .rules,
  ).toMatchObject([{ applyServerSideEncryptionByDefault: { kmsMasterKeyId: base.keyArn } }]);
  expect(
    statements(plan.one("aws:s3/bucketPolicy:BucketPolicy").inputs.policy).map(({ Sid }) => Sid),
  ).toEqual(["TlsOnly"]);
});

test("each service assumes its own role for this account only, after the permissions exist", async () => {
  const plan = await planArchive();
  const trust = (name: string) =>
    statements(plan.one("aws:iam/role:Role", name).inputs.assumeRolePolicy).map(
      ({ Principal, Condition }) => [Principal, Condition],
    );
  expect(trust("main-delivery")).toEqual([
    [{ Service: ["firehose.amazonaws.com"] }, { StringEquals: { "sts:ExternalId": "123456789012" } }],
  ]);
  expect(trust("main-forward")).toEqual([
    [
      { Service: ["logs.amazonaws.com"] },
      { ArnLike: { "aws:SourceArn": "arn:aws:logs:us-east-1:123456789012:*" } },
    ],
  ]);
  const policy = (name: string) => plan.one("aws:iam/rolePolicy:RolePolicy", name).urn;
  expect(plan.one(streamType).options.dependencies).toContain(policy("main-delivery"));
  expect(plan.one(filterType).options.dependencies).toContain(policy("main-forward"));
});

test("Firehose writes only to this bucket and error log, and CloudWatch only to this stream", async () => {
  const plan = await planArchive();
  const bucketArn = String(plan.one("aws:s3/bucket:Bucket").outputs.arn);
  const groupArn = String(plan.one("aws:cloudwatch/logGroup:LogGroup").outputs.arn);
  const of = (name: string) =>
    statements(plan.one("aws:iam/rolePolicy:RolePolicy", name).inputs.policy).map(
      ({ Action, Resource, Condition }) => [Action, Resource, Condition],
    );
  expect(of("main-delivery")).toEqual([
    [["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"], bucketArn, undefined],
    [["s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"], `${bucketArn}/*`, undefined],
    [
      ["kms:Decrypt", "kms:GenerateDataKey"],
      base.keyArn,
      {
        StringEquals: { "kms:ViaService": "s3.us-east-1.amazonaws.com" },
        StringLike: { "kms:EncryptionContext:aws:s3:arn": `${bucketArn}*` },
      },
    ],
    ["logs:PutLogEvents", `${groupArn}:log-stream:delivery`, undefined],
  ]);
  expect(of("main-forward")).toEqual([
    [["firehose:PutRecord", "firehose:PutRecordBatch"], plan.one(streamType).outputs.arn, undefined],
  ]);
});

test("an archive that is late, gets no input, is throttled or fails has alarms", async () => {
  const plan = await planArchive();
  const dimensions = { DeliveryStreamName: plan.one(streamType).outputs.name };
  const alarms = plan
    .all("aws:cloudwatch/metricAlarm:MetricAlarm")
    .map(({ name, inputs }) => [
      name,
      inputs.metricName,
      inputs.comparisonOperator,
      inputs.threshold,
      inputs.treatMissingData,
      inputs.dimensions,
      inputs.alarmActions,
    ]);
  const actions = [base.alarmTopicArn];
  const above = "GreaterThanThreshold";
  expect(alarms).toEqual([
    ["main-alarm-failures", "task-test-main-failures", above, 0, "notBreaching", {}, actions],
    ["main-alarm-silent", "IncomingRecords", "LessThanThreshold", 1, "breaching", dimensions, actions],
    ["main-alarm-stale", "DeliveryToS3.DataFreshness", above, 900, "notBreaching", dimensions, actions],
    ["main-alarm-throttled", "ThrottledRecords", above, 0, "notBreaching", dimensions, actions],
  ]);
  expect(plan.one("aws:cloudwatch/logMetricFilter:LogMetricFilter").inputs).toEqual({
    logGroupName: plan.one("aws:cloudwatch/logGroup:LogGroup").outputs.name,
    pattern: "",
    metricTransformation: {
      name: "task-test-main-failures",
      namespace: "TaskPlatform/LogArchive",
      value: "1",
      defaultValue: "0",
    },
  });
});

test.each(["retain-all", "retain-data", "remove"] as const)(
  "%s protects stream and bucket as it should",
  async (removal) => {
    const plan = await planArchive({ removal });
    const kept = removal !== "remove";
    expect(plan.one(streamType).options.protect).toBe(kept);
    expect(plan.one("aws:s3/bucket:Bucket").options.protect).toBe(kept);
  },
);

test("all problems are in one message, and nothing is created", async () => {
  await expect(
    planArchive({ folder: "errors", retentionDays: 0.5, errorRetentionDays: 100 }),
  ).rejects.toThrow(
    /log archive "main": 3 problems, nothing was created\.\n.*errorRetentionDays: got 100; .*\n.*retentionDays: got 0\.5; allowed: a whole number from 1; .*\n.*folder: got "errors"; /,
  );
  await expect(planArchive({ folder: "Control/Plane" })).rejects.toThrow(/folder: got "Control\/Plane"; /);
});
