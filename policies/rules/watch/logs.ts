import {
  atLeast,
  between,
  customKey,
  type Example,
  hardened,
  list,
  mismatch,
  overStack,
  property,
  type Resource,
  type Rule,
  read,
  type Stack,
  startOfName,
  text,
} from "../../kit/index.ts";

const group = "aws:cloudwatch/logGroup:LogGroup";
const subscription = "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter";
const stream = "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream";
const trail = "aws:cloudtrail/trail:Trail";
const bucket = "aws:s3/bucket:Bucket";
const lifecycle = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";

const year = 365;
/** Days that must stay searchable when all lines are also in a bucket. */
const quarter = 90;

function isOfAudit(resource: Resource): boolean {
  return /(\/aws\/eks\/.*\/cluster|aws-waf-logs-|cloudtrail|audit|flow-logs)/.test(startOfName(resource));
}

/** Whether every line of a log group is also in a bucket that keeps it for a year: by a stream, or written by the trail. */
function isArchived(stack: Stack, from: Resource): boolean {
  const streamed = stack
    .of(subscription)
    .filter((one) => stack.linked(one, "logGroup", from) && text(one.inputs.filterPattern) === "")
    .flatMap((one) => stack.of(stream).filter((to) => stack.linked(one, "destinationArn", to)))
    .flatMap((one) => stack.of(bucket).filter((to) => stack.linked(one, "extendedS3Configuration", to)));
  const delivered = stack
    .of(trail)
    .filter((one) => stack.linked(one, "cloudWatchLogsGroupArn", from))
    .flatMap((one) => stack.of(bucket).filter((to) => stack.linked(one, "s3BucketName", to)));
  return [...streamed, ...delivered].some((to) => keepsAYear(stack, to));
}

/** Whether every rule of the bucket's lifecycle keeps a year. Another rule forbids a bucket without a lifecycle. */
function keepsAYear(stack: Stack, of: Resource): boolean {
  const rules = stack
    .of(lifecycle)
    .filter((one) => stack.linked(one, "bucket", of))
    .flatMap(({ inputs }) => list(inputs.rules));
  return rules.length > 0 && rules.every((rule) => Number(read(rule, "expiration.days")) >= year);
}

/** An audit log group that keeps a quarter, with an archive. */
function archived({ days }: { readonly days: number }): Example {
  return [
    { type: group, name: "group", inputs: { name: "/aws/eks/task-prod/cluster", retentionInDays: quarter } },
    { type: subscription, inputs: { logGroup: "group", filterPattern: "", destinationArn: "stream" } },
    { type: stream, name: "stream", inputs: { extendedS3Configuration: { bucketArn: "bucket" } } },
    { type: bucket, name: "bucket" },
    { type: lifecycle, inputs: { bucket: "bucket", rules: [{ expiration: { days } }] } },
  ];
}

export const logRules: readonly Rule[] = [
  property({
    id: "log-own-key",
    controls: ["CW-01", "NET-02"],
    severity: "medium",
    types: [group],
    path: "kmsKeyId",
    is: customKey,
    whatToDo: "give it the key of the logs",
  }),
  property({
    id: "log-kept-and-ended",
    controls: ["CW-02", "NET-02"],
    severity: "medium",
    types: [group],
    path: "retentionInDays",
    // dr has no upper limit: the standby keeps logs as long as prod.
    is: { dev: between(7, 30), staging: between(30, 90), prod: atLeast(30), dr: atLeast(7) },
    whatToDo: "set a retention: a log group without one keeps every line, and costs money, for ever",
  }),
  overStack({
    id: "log-of-audit-kept-a-year",
    controls: ["CW-03", "WAF-15"],
    severity: "medium",
    environments: ["prod"],
    whatToDo: "keep it for a year, here or in a bucket: on average an intrusion is found after half a year",
    check: (stack) =>
      stack
        .of(group)
        .filter((one) => isOfAudit(one) && !(Number(one.inputs.retentionInDays) >= year))
        .filter((one) => !(Number(one.inputs.retentionInDays) >= quarter && isArchived(stack, one)))
        .map((resource) => ({
          resource,
          message: mismatch(
            "retentionInDays",
            resource.inputs.retentionInDays,
            `${year} or more, or ${quarter} and an archive of all lines for ${year}`,
          ),
        })),
    pass: archived({ days: 400 }),
    fail: archived({ days: 30 }),
    missing: [{ type: group, inputs: { name: "/aws/eks/task-prod/cluster" } }],
  }),
  property({
    id: "log-of-audit-protected",
    controls: ["CW-13"],
    severity: "low",
    environments: ["prod"],
    types: [group],
    path: "deletionProtectionEnabled",
    when: (_inputs, resource) => /(cloudtrail|audit)/.test(startOfName(resource)),
    rest: { name: "/task/audit" },
    is: { allowed: "true", holds: (value) => value === true, right: true, wrong: false },
    whatToDo: "turn it on",
  }),
  property({
    id: "log-stream-own-key",
    controls: ["CW-01"],
    severity: "medium",
    types: [stream],
    path: "serverSideEncryption.keyArn",
    is: customKey,
    whatToDo: "encrypt the stream with the key of the logs: lines wait in it",
  }),
  property({
    id: "metrics-own-key",
    controls: ["CW-15"],
    severity: "medium",
    environments: hardened,
    types: ["aws:amp/workspace:Workspace"],
    path: "kmsKeyArn",
    is: customKey,
    whatToDo: "use a customer managed key",
  }),
  property({
    id: "metrics-logged",
    controls: ["CW-15"],
    severity: "medium",
    environments: hardened,
    types: ["aws:amp/workspace:Workspace"],
    path: "loggingConfiguration.logGroupArn",
    is: { allowed: "a log group", holds: (value) => text(value) !== "", right: "arn:aws:logs:x", wrong: "" },
    whatToDo: "log the samples that it rejects",
  }),
];
