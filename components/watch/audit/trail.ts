import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { createAlarms } from "../../base/alarms/index.ts";
import { Bucket, type CopyArgs } from "../../base/bucket/index.ts";
import { dataOptions, platform, policyDocument, serviceTrust } from "../../base/core/index.ts";
import { trailAlarmSpec, trailAlarms, trailMetric } from "./alarms.ts";
import type { AuditArgs } from "./args.ts";

/** The trail with its bucket, its log group and its alarms. */
export function createTrail(name: string, args: AuditArgs, parent: pulumi.Resource): aws.cloudtrail.Trail {
  const logGroup = createLogGroup(name, args, parent);
  const bucket = createBucket(name, args, parent);
  const roleArn = createDeliveryRole(name, args, logGroup, parent);
  const trail = new aws.cloudtrail.Trail(
    name,
    {
      name: args.trailName,
      s3BucketName: bucket.name,
      kmsKeyId: args.logKeyArn,
      isMultiRegionTrail: true,
      includeGlobalServiceEvents: true,
      enableLogFileValidation: true,
      enableLogging: true,
      // CloudTrail requires the ARN with the suffix for the streams of the group.
      cloudWatchLogsGroupArn: pulumi.interpolate`${logGroup.arn}:*`,
      cloudWatchLogsRoleArn: roleArn,
      advancedEventSelectors: eventSelectors(bucket),
      insightSelectors: [{ insightType: "ApiCallRateInsight" }, { insightType: "ApiErrorRateInsight" }],
    },
    // CloudTrail tests its access to the bucket when it makes the trail, so the bucket policy must exist.
    { parent, dependsOn: [bucket], protect: dataOptions(args.removal).protect },
  );
  createTrailAlarms(name, args, logGroup, parent);
  return trail;
}

function createLogGroup(name: string, args: AuditArgs, parent: pulumi.Resource): aws.cloudwatch.LogGroup {
  return new aws.cloudwatch.LogGroup(
    `${name}-trail`,
    {
      retentionInDays: args.settings.logRetentionDays,
      kmsKeyId: args.logKeyArn,
      // AWS then refuses every deletion, also one that does not come from Pulumi.
      deletionProtectionEnabled: args.removal !== "remove",
    },
    { parent, ...dataOptions(args.removal) },
  );
}

function createBucket(name: string, args: AuditArgs, parent: pulumi.Resource): Bucket {
  return new Bucket(
    `${name}-trail`,
    {
      purpose: "audit",
      keyArn: args.logKeyArn,
      retentionDays: args.settings.trailRetentionDays,
      accountId: args.accountId,
      region: args.region,
      removal: args.removal,
      ...(args.settings.trailLock === "none" ? {} : { lock: args.settings.trailLock }),
      ...trailCopy(args),
    },
    { parent },
  );
}

/** The copy has the retention of the original: it must be complete when the original is lost. */
function trailCopy({ settings, trailCopy: copy, alarmTopicArn }: AuditArgs): { copy?: CopyArgs } {
  if (!settings.trailCopied || copy === undefined) return {};
  return {
    copy: { ...copy, retentionDays: settings.trailRetentionDays, failureTopicArn: alarmTopicArn },
  };
}

/** All management events, and all writes to the files that serve as evidence: trail, its copy, state. */
function eventSelectors({ arn, copyArn }: Bucket) {
  const category = (equals: string) => ({ field: "eventCategory", equals: [equals] });
  return [
    { name: "Management", fieldSelectors: [category("Management")] },
    {
      name: "Writes to trail and state",
      fieldSelectors: [
        category("Data"),
        { field: "resources.type", equals: ["AWS::S3::Object"] },
        { field: "readOnly", equals: ["false"] },
        {
          field: "resources.ARN",
          startsWiths: [
            pulumi.interpolate`${arn}/`,
            ...(copyArn ? [pulumi.interpolate`${copyArn}/`] : []),
            `arn:aws:s3:::${platform.name}-state-`,
          ],
        },
      ],
    },
  ];
}

/**
 * The role with which CloudTrail writes to the log group. No source condition: the document of this role shows none
 * ("Sending events to CloudWatch Logs"), unlike those of the bucket and the key. The ARN of the role is available after
 * its policy, because CloudTrail tests a delivery when it makes the trail.
 */
function createDeliveryRole(
  name: string,
  args: AuditArgs,
  logGroup: aws.cloudwatch.LogGroup,
  parent: pulumi.Resource,
): pulumi.Output<string> {
  const role = new aws.iam.Role(
    `${name}-trail`,
    { assumeRolePolicy: serviceTrust("cloudtrail.amazonaws.com") },
    { parent },
  );
  const policy = new aws.iam.RolePolicy(
    `${name}-trail`,
    {
      role: role.id,
      policy: policyDocument([
        {
          sid: "WriteTrail",
          actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
          resources: [pulumi.interpolate`${logGroup.arn}:log-stream:${args.accountId}_CloudTrail_*`],
        },
      ]),
    },
    { parent },
  );
  return pulumi.all([role.arn, policy.id]).apply(([arn]) => arn);
}

function createTrailAlarms(
  name: string,
  args: AuditArgs,
  logGroup: aws.cloudwatch.LogGroup,
  parent: pulumi.Resource,
): void {
  for (const alarm of trailAlarms) {
    new aws.cloudwatch.LogMetricFilter(
      `${name}-${alarm.key}`,
      { logGroupName: logGroup.name, pattern: alarm.pattern, metricTransformation: trailMetric(alarm.key) },
      { parent },
    );
  }
  createAlarms(name, trailAlarms.map(trailAlarmSpec), { topicArn: args.alarmTopicArn }, parent);
}
