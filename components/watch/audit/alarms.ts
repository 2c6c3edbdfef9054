import type { AlarmSpec } from "../../base/alarms/index.ts";

/** An alarm on trail events: a pattern of CloudWatch Logs, and the description for the person on call. */
export interface TrailAlarm {
  readonly key: string;
  readonly pattern: string;
  readonly description: string;
}

const namespace = "TaskPlatform/Audit";

/** Changes after which the account can no longer be trusted. Patterns: CIS AWS Foundations, section 4. */
export const trailAlarms: readonly TrailAlarm[] = [
  {
    key: "root-use",
    pattern:
      '{ ($.userIdentity.type = "Root") && ($.userIdentity.invokedBy NOT EXISTS) && ($.eventType != "AwsServiceEvent") }',
    description: "Somebody works as the root user. Ask the owner of the account; lock it if nobody says yes.",
  },
  {
    key: "sign-in-without-second-factor",
    pattern:
      '{ ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") && ($.userIdentity.type = "IAMUser") && ($.responseElements.ConsoleLogin = "Success") }',
    description: "A user signed in to the console without a second factor. Give the user one or remove it.",
  },
  {
    key: "trail-changed",
    pattern:
      '{ ($.eventName = "StopLogging") || ($.eventName = "DeleteTrail") || ($.eventName = "UpdateTrail") || ($.eventName = "PutEventSelectors") }',
    description: "The trail itself was changed. Compare it with the program and find out who did it.",
  },
  {
    key: "key-disabled",
    pattern:
      '{ ($.eventSource = "kms.amazonaws.com") && (($.eventName = "DisableKey") || ($.eventName = "ScheduleKeyDeletion")) }',
    description:
      "A key was disabled or will be deleted; what it encrypts will be lost. Cancel the deletion first.",
  },
  {
    key: "bucket-policy-changed",
    pattern:
      '{ ($.eventSource = "s3.amazonaws.com") && (($.eventName = "PutBucketPolicy") || ($.eventName = "DeleteBucketPolicy") || ($.eventName = "PutBucketAcl") || ($.eventName = "PutBucketLifecycle") || ($.eventName = "DeleteBucketLifecycle") || ($.eventName = "PutBucketReplication") || ($.eventName = "DeleteBucketReplication")) }',
    description:
      "Who reaches a bucket, how long it keeps things or where it is copied was changed. Right after a deploy that is the program; otherwise compare with it.",
  },
  {
    key: "access-entry-changed",
    pattern:
      '{ ($.eventSource = "eks.amazonaws.com") && (($.eventName = "CreateAccessEntry") || ($.eventName = "AssociateAccessPolicy")) }',
    description:
      "Somebody got access to a cluster. Right after a deploy that is the program; otherwise remove it.",
  },
];

/** Alarm on the number of events of one pattern. One event is enough; missing data means no event. */
export function trailAlarmSpec({ key, description }: TrailAlarm): AlarmSpec {
  return {
    key,
    description,
    namespace,
    metric: key,
    dimensions: {},
    statistic: "Sum",
    comparison: "at-least",
    threshold: 1,
    periodSeconds: 300,
    periods: 1,
    missing: "notBreaching",
  };
}

/** Metric that counts the events of one pattern. */
export function trailMetric(key: string) {
  return { name: key, namespace, value: "1", defaultValue: "0" } as const;
}
