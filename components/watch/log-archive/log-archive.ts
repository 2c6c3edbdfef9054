import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { createAlarms } from "../../base/alarms/index.ts";
import { Bucket } from "../../base/bucket/index.ts";
import { dataOptions, policyDocument, type Removal, refuse, toPolicyJson } from "../../base/core/index.ts";
import { archiveAlarms, failureMetric } from "./alarm-specs.ts";
import { archiveProblems } from "./check-args.ts";
import { deliveryStatements, forwardStatements } from "./statements.ts";

export interface LogArchiveArgs {
  /** Beginning of the names of objects, such as "control-plane": `<folder>/2026/11/25/…`. */
  readonly folder: string;
  /** Log group that is archived, all of it, from now on; what it holds already is not. */
  readonly logGroupName: pulumi.Input<string>;
  /** Days that a line stays in the bucket. */
  readonly retentionDays: number;
  /** Beginning of the metric's name, such as "task-prod": the namespace is shared by the account. */
  readonly prefix: string;
  readonly accountId: string;
  readonly region: string;
  readonly removal: Removal;
  /** Encrypts bucket, stream and error log; its policy must admit CloudWatch Logs. */
  readonly keyArn: pulumi.Input<string>;
  /** Days that messages about failed deliveries are kept. */
  readonly errorRetentionDays: number;
  readonly alarmTopicArn: pulumi.Input<string>;
}

/** Every five minutes a file, a hundred thousand a year; the largest buffer would be a quarter of an hour. */
const buffer = { bufferingInterval: 300, bufferingSize: 64 } as const;

/**
 * Lines of a log group, copied to a bucket within minutes, where they stay when the group ends or is deleted.
 *
 * CloudWatch Logs hands batches over as gzip, which are written as they come: one file of many gzip members, that every
 * tool reads. Each batch is JSON with group, stream and lines. What the stream throttles is tried again for a day; what
 * it refuses is lost to the archive at once, so alarms tell within half an hour.
 */
export class LogArchive extends pulumi.ComponentResource {
  readonly bucketArn: pulumi.Output<string>;
  readonly streamArn: pulumi.Output<string>;

  constructor(name: string, args: LogArchiveArgs, opts?: pulumi.ComponentResourceOptions) {
    super("task-platform:logArchive:LogArchive", name, {}, opts);
    refuse(`log archive "${name}"`, archiveProblems(args), this);

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

/** Firehose writes here why it could not deliver, and nothing else: every line is a failure. */
function createErrorLog(name: string, args: LogArchiveArgs, parent: LogArchive): ErrorLog {
  const group = new aws.cloudwatch.LogGroup(
    `${name}-errors`,
    { retentionInDays: args.errorRetentionDays, kmsKeyId: args.keyArn },
    { parent },
  );
  // The service writes to a stream that is there, and makes none.
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
    // The one condition that AWS documents for this service: it sends the account of the stream as external id.
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
      // Whoever deploys makes the grant; the policy of the key needs no line for the service.
      serverSideEncryption: { enabled: true, keyType: "CUSTOMER_MANAGED_CMK", keyArn: args.keyArn },
      extendedS3Configuration: {
        roleArn: role.ready,
        bucketArn: bucket.arn,
        ...buffer,
        prefix: `${args.folder}/!{timestamp:yyyy/MM/dd}/`,
        errorOutputPrefix: `errors/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd}/`,
        // It is gzip already; a second time would save nothing and have to be undone twice.
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
      // Every line: what will have mattered is known a year later.
      filterPattern: "",
      destinationArn: stream.arn,
      roleArn: role.ready,
    },
    { parent },
  );
}

/** The service tries the role the moment it is told of it, so its policy comes first. */
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
