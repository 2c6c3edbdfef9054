import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { createAlarms } from "../../base/alarms/index.ts";
import { Bucket, type CopyArgs } from "../../base/bucket/index.ts";
import { dataOptions, policyDocument, type Removal, refuse, serviceTrust } from "../../base/core/index.ts";
import { createAccountDefaults } from "./account-defaults.ts";
import { trailAlarmSpec, trailAlarms, trailMetric } from "./alarm-specs.ts";
import { auditProblems } from "./check-settings.ts";
import { createDetection } from "./detection.ts";
import type { AuditSettings } from "./settings.ts";

export interface AuditArgs {
  readonly settings: AuditSettings;
  /** Fixed name of the trail, because the policies of its bucket and key name it. */
  readonly trailName: string;
  readonly accountId: string;
  readonly region: string;
  readonly removal: Removal;
  /** Encrypts the trail and its log group; its policy must admit CloudTrail and CloudWatch Logs. */
  readonly logKeyArn: pulumi.Input<string>;
  /** Encrypts volumes for which nobody names a key. */
  readonly diskKeyArn: pulumi.Input<string>;
  /** Hears of alarms on the trail and of findings of high severity. */
  readonly alarmTopicArn: pulumi.Input<string>;
  /** Where the trail is copied to; given exactly where the settings say that it is. @default none */
  readonly trailCopy?: Pick<CopyArgs, "region" | "provider" | "keyArn" | "delayTopicArn">;
}

/**
 * Who did what in the account, what looks like an intrusion, and defaults that no resource can forget.
 *
 * Guarantees: every region is recorded, into an encrypted bucket whose files prove that none was changed; where the
 * settings say so nobody deletes one early, and each is in another region within minutes; GuardDuty, Inspector, Security Hub and Access
 * Analyzer run; their high findings reach the alert topic. All of it belongs to the account, so exactly one environment
 * of an account owns it.
 */
export class Audit extends pulumi.ComponentResource {
  readonly trailArn: pulumi.Output<string>;
  readonly detectorId: pulumi.Output<string>;

  constructor(name: string, args: AuditArgs, opts?: pulumi.ComponentResourceOptions) {
    super("task-platform:audit:Audit", name, {}, opts);
    refuse(`audit "${name}"`, auditProblems(args), this);

    const logGroup = createLogGroup(name, args, this);
    const trail = createTrail(name, args, logGroup, this);
    createTrailAlarms(name, args, logGroup, this);
    const detector = createDetection(name, args, this);
    createAccountDefaults(name, args, this);

    this.trailArn = trail.arn;
    this.detectorId = detector.id;
    this.registerOutputs({ trailArn: this.trailArn, detectorId: this.detectorId });
  }
}

function createLogGroup(name: string, args: AuditArgs, parent: Audit): aws.cloudwatch.LogGroup {
  return new aws.cloudwatch.LogGroup(
    `${name}-trail`,
    { retentionInDays: args.settings.logRetentionDays, kmsKeyId: args.logKeyArn },
    { parent, ...dataOptions(args.removal) },
  );
}

function createTrail(
  name: string,
  args: AuditArgs,
  logGroup: aws.cloudwatch.LogGroup,
  parent: Audit,
): aws.cloudtrail.Trail {
  const bucket = new Bucket(
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
  const role = createDeliveryRole(name, args, logGroup, parent);
  return new aws.cloudtrail.Trail(
    name,
    {
      name: args.trailName,
      s3BucketName: bucket.name,
      kmsKeyId: args.logKeyArn,
      isMultiRegionTrail: true,
      includeGlobalServiceEvents: true,
      enableLogFileValidation: true,
      enableLogging: true,
      // The service wants the streams of the group, not the group.
      cloudWatchLogsGroupArn: pulumi.interpolate`${logGroup.arn}:*`,
      cloudWatchLogsRoleArn: role.arn,
      advancedEventSelectors: eventSelectors(bucket),
      insightSelectors: [{ insightType: "ApiCallRateInsight" }, { insightType: "ApiErrorRateInsight" }],
    },
    // The service tests its access to the bucket when the trail is made, so the bucket's policy comes first.
    { parent, dependsOn: [bucket], protect: dataOptions(args.removal).protect },
  );
}

/** As long as the original, which proves nothing alone. */
function trailCopy({ settings, trailCopy: copy, alarmTopicArn }: AuditArgs): { copy?: CopyArgs } {
  if (!settings.trailCopied || copy === undefined) return {};
  return {
    copy: { ...copy, retentionDays: settings.trailRetentionDays, failureTopicArn: alarmTopicArn },
  };
}

/** Every call that manages something, and every write to the files that prove what happened: trail, its copy, state. */
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
            "arn:aws:s3:::task-platform-state-",
          ],
        },
      ],
    },
  ];
}

function createDeliveryRole(
  name: string,
  args: AuditArgs,
  logGroup: aws.cloudwatch.LogGroup,
  parent: Audit,
): aws.iam.Role {
  const role = new aws.iam.Role(
    `${name}-trail`,
    { assumeRolePolicy: serviceTrust("cloudtrail.amazonaws.com", args.accountId) },
    { parent },
  );
  new aws.iam.RolePolicy(
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
  return role;
}

function createTrailAlarms(
  name: string,
  args: AuditArgs,
  logGroup: aws.cloudwatch.LogGroup,
  parent: Audit,
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
