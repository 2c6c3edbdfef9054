import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { AuditArgs } from "./audit.ts";

/** What GuardDuty looks at besides the trail, DNS and flows that it always sees. */
const features = ["S3_DATA_EVENTS", "EKS_AUDIT_LOGS", "EBS_MALWARE_PROTECTION", "RDS_LOGIN_EVENTS"] as const;

/** GuardDuty calls 7 and above high; Security Hub says it in words. Lower ones wait for the weekly look. */
const findingPatterns: Readonly<
  Record<string, { readonly source: string; readonly type: string; detail: object }>
> = {
  guardduty: {
    source: "aws.guardduty",
    type: "GuardDuty Finding",
    detail: { severity: [{ numeric: [">=", 7] }] },
  },
  securityhub: {
    source: "aws.securityhub",
    type: "Security Hub Findings - Imported",
    detail: {
      findings: {
        Severity: { Label: ["HIGH", "CRITICAL"] },
        Workflow: { Status: ["NEW"] },
        RecordState: ["ACTIVE"],
      },
    },
  },
};

/** GuardDuty, Inspector, Security Hub, Access Analyzer, and a rule that brings their high findings to the topic. */
export function createDetection(
  name: string,
  args: AuditArgs,
  parent: pulumi.Resource,
): aws.guardduty.Detector {
  const detector = new aws.guardduty.Detector(
    name,
    { enable: true, findingPublishingFrequency: args.settings.findingFrequency },
    { parent },
  );
  for (const feature of features) {
    new aws.guardduty.DetectorFeature(
      `${name}-${feature.toLowerCase().replaceAll("_", "-")}`,
      { detectorId: detector.id, name: feature, status: "ENABLED" },
      { parent },
    );
  }
  new aws.guardduty.DetectorFeature(
    `${name}-runtime-monitoring`,
    {
      detectorId: detector.id,
      name: "RUNTIME_MONITORING",
      status: "ENABLED",
      // GuardDuty installs its agent itself; an add-on of our own would fight it.
      additionalConfigurations: [{ name: "EKS_ADDON_MANAGEMENT", status: "ENABLED" }],
    },
    { parent },
  );
  new aws.inspector2.Enabler(
    name,
    { accountIds: [args.accountId], resourceTypes: ["EC2", "ECR"] },
    { parent },
  );
  const hub = new aws.securityhub.Account(name, { enableDefaultStandards: false }, { parent });
  new aws.securityhub.StandardsSubscription(
    `${name}-foundational`,
    {
      standardsArn: `arn:aws:securityhub:${args.region}::standards/aws-foundational-security-best-practices/v/1.0.0`,
    },
    // Named by region only, so the engine cannot see that the hub must be there.
    { parent, dependsOn: [hub] },
  );
  new aws.accessanalyzer.Analyzer(name, { analyzerName: args.trailName, type: "ACCOUNT" }, { parent });
  for (const key of Object.keys(findingPatterns)) createFindingRule(name, key, args, parent);
  return detector;
}

function createFindingRule(name: string, key: string, args: AuditArgs, parent: pulumi.Resource): void {
  const pattern = findingPatterns[key];
  if (pattern === undefined) return;
  const { source, type, detail } = pattern;
  const rule = new aws.cloudwatch.EventRule(
    `${name}-${key}`,
    {
      description: `High findings of ${key}.`,
      eventPattern: JSON.stringify({ source: [source], "detail-type": [type], detail }),
    },
    { parent },
  );
  new aws.cloudwatch.EventTarget(`${name}-${key}`, { rule: rule.name, arn: args.alarmTopicArn }, { parent });
}
