import * as aws from "@pulumi/aws";
import { expect, test } from "vitest";
import { planProgram } from "../../../tools/plan/index.ts";
import { trailAlarms } from "./alarms.ts";
import { Audit, type AuditArgs, checkAuditSettings } from "./index.ts";

const base: AuditArgs = {
  settings: {
    logRetentionDays: 90,
    trailRetentionDays: 400,
    trailLock: "none",
    trailCopied: false,
    findingFrequency: "FIFTEEN_MINUTES",
  },
  trailName: "task-prod",
  accountId: "111111111111",
  region: "us-east-1",
  removal: "retain-all",
  logKeyArn: "key-logs",
  diskKeyArn: "key-disks",
  alarmTopicArn: "topic",
};

function planAudit(changes: Partial<AuditArgs> = {}) {
  return planProgram(() => {
    const audit = new Audit("audit", { ...base, ...changes });
    return { trailArn: audit.trailArn };
  });
}

test("The trail records every region, is encrypted, validates its files and is searchable", async () => {
  const plan = await planAudit();
  const trail = plan.one("aws:cloudtrail/trail:Trail");
  const group = plan.one("aws:cloudwatch/logGroup:LogGroup");
  expect(trail.inputs).toEqual({
    name: "task-prod",
    s3BucketName: plan.one("aws:s3/bucket:Bucket").outputs.bucket,
    kmsKeyId: "key-logs",
    isMultiRegionTrail: true,
    includeGlobalServiceEvents: true,
    enableLogFileValidation: true,
    enableLogging: true,
    cloudWatchLogsGroupArn: `${String(group.outputs.arn)}:*`,
    cloudWatchLogsRoleArn: plan.one("aws:iam/role:Role").outputs.arn,
    advancedEventSelectors: [
      { name: "Management", fieldSelectors: [{ field: "eventCategory", equals: ["Management"] }] },
      {
        name: "Writes to trail and state",
        fieldSelectors: [
          { field: "eventCategory", equals: ["Data"] },
          { field: "resources.type", equals: ["AWS::S3::Object"] },
          { field: "readOnly", equals: ["false"] },
          {
            field: "resources.ARN",
            startsWiths: [
              `${String(plan.one("aws:s3/bucket:Bucket").outputs.arn)}/`,
              "arn:aws:s3:::task-platform-state-",
            ],
          },
        ],
      },
    ],
    insightSelectors: [{ insightType: "ApiCallRateInsight" }, { insightType: "ApiErrorRateInsight" }],
  });
  expect(trail.options.protect).toBe(true);
  expect(group.inputs).toMatchObject({ retentionInDays: 90, kmsKeyId: "key-logs" });
});

test("A copy of the trail has the same retention, and writes to it are recorded too", async () => {
  const plan = await planProgram(() => {
    const provider = new aws.Provider("aws-recovery", { region: "eu-west-1" });
    const settings = { ...base.settings, trailCopied: true };
    const trailCopy = { region: "eu-west-1", provider, keyArn: "key-copy", delayTopicArn: "topic-away" };
    new Audit("audit", { ...base, settings, trailCopy });
  });
  const of = (type: string, name: string) => plan.one(`aws:s3/${type}`, name);
  const copy = of("bucket:Bucket", "audit-trail-copy").outputs.arn;
  expect(of("bucketReplicationConfig:BucketReplicationConfig", "audit-trail").inputs.rules).toMatchObject([
    { destination: { bucket: copy, encryptionConfiguration: { replicaKmsKeyId: "key-copy" } } },
  ]);
  const lifecycle = of("bucketLifecycleConfiguration:BucketLifecycleConfiguration", "audit-trail-copy");
  expect(lifecycle.inputs.rules).toMatchObject([{ expiration: { days: 400 } }]);
  const selectors = plan.one("aws:cloudtrail/trail:Trail").inputs.advancedEventSelectors;
  expect(JSON.stringify(selectors)).toContain(`"${String(copy)}/"`);
  const failed = plan.one("aws:cloudwatch/metricAlarm:MetricAlarm", "audit-trail-alarm-copy-failed");
  expect(failed.inputs.alarmActions).toEqual(["topic"]);
});

test("With a lock S3 keeps trail files until their retention ends", async () => {
  const plan = await planAudit({ settings: { ...base.settings, trailLock: "compliance" } });
  const lock = plan.one("aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration");
  expect(lock.inputs.rule).toEqual({ defaultRetention: { mode: "COMPLIANCE", days: 400 } });
});

test("A copy that the settings require but the arguments lack is refused, and so is the opposite", async () => {
  const copied = { ...base.settings, trailCopied: true };
  await expect(planAudit({ settings: copied })).rejects.toThrow(
    "trailCopy: got none; allowed: a copy, because trailCopied is true",
  );
  const trailCopy = { region: "eu-west-1", provider: {} as never, keyArn: "key", delayTopicArn: "topic" };
  await expect(planAudit({ trailCopy })).rejects.toThrow(
    "trailCopy: got a copy in eu-west-1; allowed: none, because trailCopied is false",
  );
});

test("An alarm reports a stopped copy of a bucket, because the alarms of the copy stop with it", () => {
  const pattern = trailAlarms.find(({ key }) => key === "bucket-policy-changed")?.pattern;
  expect(pattern).toContain('($.eventName = "DeleteBucketReplication")');
  expect(pattern).toContain('($.eventName = "PutBucketReplication")');
});

test("The delivery role may only write the log streams of the trail, and the trail waits for that permission", async () => {
  const plan = await planAudit();
  const dependencies = plan.one("aws:cloudtrail/trail:Trail").options.propertyDependencies;
  expect(dependencies.cloudWatchLogsRoleArn).toContain(plan.one("aws:iam/rolePolicy:RolePolicy").urn);
  const trust = JSON.parse(String(plan.one("aws:iam/role:Role").inputs.assumeRolePolicy)) as object;
  expect(trust).toMatchObject({ Statement: [{ Principal: { Service: ["cloudtrail.amazonaws.com"] } }] });
  expect(JSON.stringify(trust)).not.toContain("Condition"); // CloudTrail documents none for this role.
  const group = plan.one("aws:cloudwatch/logGroup:LogGroup");
  const policy = JSON.parse(String(plan.one("aws:iam/rolePolicy:RolePolicy").inputs.policy)) as {
    Statement: Record<string, unknown>[];
  };
  expect(policy.Statement).toEqual([
    {
      Sid: "WriteTrail",
      Effect: "Allow",
      Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
      Resource: `${String(group.outputs.arn)}:log-stream:111111111111_CloudTrail_*`,
    },
  ]);
});

test("Only trails of this account in this region may write to the bucket", async () => {
  const plan = await planAudit();
  const policy = JSON.parse(String(plan.one("aws:s3/bucketPolicy:BucketPolicy").inputs.policy)) as {
    Statement: Record<string, unknown>[];
  };
  const allowed = policy.Statement.filter(({ Effect }) => Effect === "Allow");
  expect(allowed.map(({ Action, Condition }) => [Action, Condition])).toEqual(
    ["s3:GetBucketAcl", "s3:PutObject"].map((action) => [
      action,
      { ArnLike: { "aws:SourceArn": "arn:aws:cloudtrail:us-east-1:111111111111:trail/*" } },
    ]),
  );
});

test("Every pattern has a filter, a metric and an alarm on a single event", async () => {
  const plan = await planAudit();
  const filters = plan.all("aws:cloudwatch/logMetricFilter:LogMetricFilter");
  const alarms = plan.all("aws:cloudwatch/metricAlarm:MetricAlarm");
  const metrics = filters.map(({ inputs }) => (inputs.metricTransformation as { name: string }).name);
  const keys = trailAlarms.map(({ key }) => key).toSorted();
  expect(metrics.toSorted()).toEqual(keys);
  expect(alarms.map(({ inputs }) => inputs.metricName).toSorted()).toEqual(keys);
  expect(
    new Set(alarms.map(({ inputs }) => JSON.stringify([inputs.threshold, inputs.alarmActions]))),
  ).toEqual(new Set(['[1,["topic"]]']));
});

test("GuardDuty analyzes the cluster, its pods, the database, the buckets and the volumes", async () => {
  const plan = await planAudit();
  expect(plan.one("aws:guardduty/detector:Detector").inputs).toEqual({
    enable: true,
    findingPublishingFrequency: "FIFTEEN_MINUTES",
  });
  const features = plan.all("aws:guardduty/detectorFeature:DetectorFeature").map(({ inputs }) => inputs);
  expect(features.map(({ name, status }) => `${String(name)} ${String(status)}`).toSorted()).toEqual([
    "EBS_MALWARE_PROTECTION ENABLED",
    "EKS_AUDIT_LOGS ENABLED",
    "RDS_LOGIN_EVENTS ENABLED",
    "RUNTIME_MONITORING ENABLED",
    "S3_DATA_EVENTS ENABLED",
  ]);
  expect(features.find(({ name }) => name === "RUNTIME_MONITORING")?.additionalConfigurations).toEqual([
    { name: "EKS_ADDON_MANAGEMENT", status: "ENABLED" },
    { name: "ECS_FARGATE_AGENT_MANAGEMENT", status: "DISABLED" },
    { name: "EC2_AGENT_MANAGEMENT", status: "DISABLED" },
  ]);
});

test("Inspector, Security Hub with its foundational standard, and Access Analyzer run", async () => {
  const plan = await planAudit();
  expect(plan.one("aws:inspector2/enabler:Enabler").inputs.resourceTypes).toEqual(["EC2", "ECR"]);
  const standard = plan.one("aws:securityhub/standardsSubscription:StandardsSubscription");
  expect(standard.inputs.standardsArn).toContain("aws-foundational-security-best-practices");
  expect(standard.options.dependencies).toContain(plan.one("aws:securityhub/account:Account").urn);
  expect(plan.one("aws:accessanalyzer/analyzer:Analyzer").inputs.type).toBe("ACCOUNT");
});

test("Only high findings reach the topic", async () => {
  const plan = await planAudit();
  const rules = plan.all("aws:cloudwatch/eventRule:EventRule");
  const details = rules.map(
    ({ inputs }) => (JSON.parse(String(inputs.eventPattern)) as { detail: unknown }).detail,
  );
  expect(details).toEqual([
    { severity: [{ numeric: [">=", 7] }] },
    {
      findings: {
        Severity: { Label: ["HIGH", "CRITICAL"] },
        Workflow: { Status: ["NEW"] },
        RecordState: ["ACTIVE"],
      },
    },
  ]);
  expect(plan.all("aws:cloudwatch/eventTarget:EventTarget").map(({ inputs }) => inputs.arn)).toEqual([
    "topic",
    "topic",
  ]);
});

test("The account defaults are encryption, no public access, and no version 1 of instance metadata", async () => {
  const plan = await planAudit();
  expect(plan.one("aws:ebs/encryptionByDefault:EncryptionByDefault").inputs).toEqual({ enabled: true });
  expect(plan.one("aws:ebs/defaultKmsKey:DefaultKmsKey").inputs).toEqual({ keyArn: "key-disks" });
  expect(plan.one("aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess").inputs).toEqual({
    state: "block-all-sharing",
  });
  expect(plan.one("aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock").inputs).toEqual({
    accountId: "111111111111",
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  });
  expect(plan.one("aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults").inputs).toEqual({
    httpTokens: "required",
    httpPutResponseHopLimit: 1,
    httpEndpoint: "enabled",
  });
  expect(plan.one("aws:iam/accountPasswordPolicy:AccountPasswordPolicy").inputs).toEqual({
    minimumPasswordLength: 14,
    requireLowercaseCharacters: true,
    requireUppercaseCharacters: true,
    requireNumbers: true,
    requireSymbols: true,
    passwordReusePrevention: 24,
    maxPasswordAge: 90,
    allowUsersToChangePassword: true,
  });
});

test("All problems are in one message, and nothing is created", async () => {
  const settings = { ...base.settings, logRetentionDays: 8, trailRetentionDays: 30 };
  expect(checkAuditSettings(settings).map(({ argument }) => argument)).toEqual([
    "logRetentionDays",
    "trailRetentionDays",
  ]);
  await expect(planAudit({ settings })).rejects.toThrow("2 problems, nothing was created");
});
