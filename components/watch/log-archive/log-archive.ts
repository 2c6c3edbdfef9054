import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { createAlarms } from "../../base/alarms/index.ts";
import { Bucket } from "../../base/bucket/index.ts";
import { dataOptions, policyDocument, refuse, toPolicyJson } from "../../base/core/index.ts";
import { archiveAlarms, failureMetric } from "./alarms.ts";
import type { LogArchiveArgs } from "./args.ts";
import { checkLogArchiveArgs } from "./check.ts";
import { deliveryStatements, forwardStatements } from "./statements.ts";

/** One file every five minutes, a hundred thousand per year. The largest buffer would be a quarter of an hour. */
const buffer = { bufferingInterval: 300, bufferingSize: 64 } as const;

/**
 * Copies the lines of a log group to a bucket within minutes. They stay there when the log group expires or is deleted.
 *
 * CloudWatch Logs delivers gzip batches, which Firehose writes unchanged: one file has many gzip members, and all common
 * tools can read it. Each batch is JSON with group, stream and lines. CloudWatch Logs retries throttled batches for a day.
 * Refused batches never reach the archive, so alarms report them within half an hour.
 */
export class LogArchive extends pulumi.ComponentResource {
  readonly bucketArn: pulumi.Output<string>;
  readonly streamArn: pulumi.Output<string>;

  constructor(name: string, args: LogArchiveArgs, opts?: pulumi.ComponentResourceOptions) {
    super("task-platform:logArchive:LogArchive", name, {}, opts);
    refuse(`log archive "${name}"`, checkLogArchiveArgs(args), this);

    const bucket = createBucket(name, args, this);
    const errors = createErrorLog(name, args, this);
    const stream = createStream(name, args, bucket, errors, this);
    createSubscription(name, args, stream, this);
    createAlarms(
      name,
      archiveAlarms({ streamName: stream.name, prefix: args.prefix, name }),
      { topicArn: args.alarmTopicArn },
      this,
    );

    this.bucketArn = bucket.arn;
    this.streamArn = stream.arn;
    this.registerOutputs({ bucketArn: this.bucketArn, streamArn: this.streamArn });
  }
}

function createBucket(name: string, args: LogArchiveArgs, parent: LogArchive): Bucket {
  const { accountId, region, removal, keyArn, retentionDays } = args;
  return new Bucket(
    name,
    { purpose: "log-archive", accountId, region, removal, keyArn, retentionDays },
    { parent },
  );
}

interface ErrorLog {
  readonly group: aws.cloudwatch.LogGroup;
  readonly stream: aws.cloudwatch.LogStream;
}

/** Firehose writes only delivery errors to this log, so every line is a failure. */
function createErrorLog(name: string, args: LogArchiveArgs, parent: LogArchive): ErrorLog {
  const group = new aws.cloudwatch.LogGroup(
    `${name}-errors`,
    { retentionInDays: args.errorRetentionDays, kmsKeyId: args.keyArn },
    { parent },
  );
  // Firehose writes to an existing log stream and makes none.
  const stream = new aws.cloudwatch.LogStream(
    `${name}-errors`,
    { logGroupName: group.name, name: "delivery" },
    { parent },
  );
  new aws.cloudwatch.LogMetricFilter(
    `${name}-failures`,
    { logGroupName: group.name, pattern: "", metricTransformation: failureMetric(args.prefix, name) },
    { parent },
  );
  return { group, stream };
}

function createStream(
  name: string,
  args: LogArchiveArgs,
  bucket: Bucket,
  errors: ErrorLog,
  parent: LogArchive,
): aws.kinesis.FirehoseDeliveryStream {
  const role = createRole(
    `${name}-delivery`,
    // The only condition that AWS documents for Firehose: it sends its account as the external id.
    trust("firehose.amazonaws.com", { StringEquals: { "sts:ExternalId": args.accountId } }),
    deliveryStatements(
      args,
      bucket.arn,
      pulumi.interpolate`${errors.group.arn}:log-stream:${errors.stream.name}`,
    ),
    parent,
  );
  return new aws.kinesis.FirehoseDeliveryStream(
    name,
    {
      destination: "extended_s3",
      // The deploy role makes the grant, so the key policy needs no statement for Firehose.
      serverSideEncryption: { enabled: true, keyType: "CUSTOMER_MANAGED_CMK", keyArn: args.keyArn },
      extendedS3Configuration: {
        roleArn: role.ready,
        bucketArn: bucket.arn,
        ...buffer,
        prefix: `${args.folder}/!{timestamp:yyyy/MM/dd}/`,
        errorOutputPrefix: `errors/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd}/`,
        // The batches are gzip already. A second compression would save nothing.
        compressionFormat: "UNCOMPRESSED",
        fileExtension: ".json.gz",
        kmsKeyArn: args.keyArn,
        cloudwatchLoggingOptions: {
          enabled: true,
          logGroupName: errors.group.name,
          logStreamName: errors.stream.name,
        },
      },
    },
    { parent, protect: dataOptions(args.removal).protect },
  );
}

function createSubscription(
  name: string,
  args: LogArchiveArgs,
  stream: aws.kinesis.FirehoseDeliveryStream,
  parent: LogArchive,
): void {
  const role = createRole(
    `${name}-forward`,
    trust("logs.amazonaws.com", {
      ArnLike: { "aws:SourceArn": `arn:aws:logs:${args.region}:${args.accountId}:*` },
    }),
    forwardStatements(stream.arn),
    parent,
  );
  new aws.cloudwatch.LogSubscriptionFilter(
    name,
    {
      logGroup: args.logGroupName,
      // All lines: nobody knows in advance which ones will matter in a year.
      filterPattern: "",
      destinationArn: stream.arn,
      roleArn: role.ready,
    },
    { parent },
  );
}

/** AWS tests the role when the stream or the subscription is made, so its policy must exist first. */
function createRole(
  name: string,
  assumeRolePolicy: string,
  statements: Parameters<typeof policyDocument>[0],
  parent: LogArchive,
): { readonly ready: pulumi.Output<string> } {
  const role = new aws.iam.Role(name, { assumeRolePolicy }, { parent });
  const policy = new aws.iam.RolePolicy(
    name,
    { role: role.id, policy: policyDocument(statements) },
    { parent },
  );
  return { ready: pulumi.all([role.arn, policy.id]).apply(([arn]) => arn) };
}

function trust(
  service: string,
  conditions: Readonly<Record<string, Readonly<Record<string, string>>>>,
): string {
  return toPolicyJson([
    { sid: "Assume", actions: ["sts:AssumeRole"], principals: { Service: [service] }, conditions },
  ]);
}
