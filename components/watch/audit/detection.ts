import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { AuditArgs } from "./args.ts";

/**
 * All agents that Runtime Monitoring can install, in the order of the API. GuardDuty returns all three, so a missing one
 * would be a difference at every deploy, and a difference in a name replaces the feature. Its agent in the cluster is its
 * own add-on; ours would conflict with it. The account has no Fargate tasks and no instances but the nodes of clusters.
 */
const agents = [
  { name: "EKS_ADDON_MANAGEMENT", status: "ENABLED" },
  { name: "ECS_FARGATE_AGENT_MANAGEMENT", status: "DISABLED" },
  { name: "EC2_AGENT_MANAGEMENT", status: "DISABLED" },
] as const;

/** Sources that GuardDuty analyzes in addition to trail events, DNS queries and flows. */
const features = ["S3_DATA_EVENTS", "EKS_AUDIT_LOGS", "EBS_MALWARE_PROTECTION", "RDS_LOGIN_EVENTS"] as const;

interface FindingPattern {
  readonly source: string;
  readonly type: string;
  readonly detail: object;
}

/** GuardDuty rates high findings 7 or above; Security Hub uses labels. Lower findings wait for the weekly review. */
const findingPatterns: Readonly<Record<string, FindingPattern>> = {
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

/** GuardDuty, Inspector, Security Hub, Access Analyzer, and rules that send high findings to the alarm topic. */
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
      additionalConfigurations: agents.map((agent) => ({ ...agent })),
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
    // The ARN contains only the region, so the engine cannot see that the standard needs the hub.
    { parent, dependsOn: [hub] },
  );
  new aws.accessanalyzer.Analyzer(name, { analyzerName: args.trailName, type: "ACCOUNT" }, { parent });
  for (const [key, pattern] of Object.entries(findingPatterns)) {
    createFindingRule(`${name}-${key}`, `High findings of ${key}.`, pattern, args.alarmTopicArn, parent);
  }
  return detector;
}

function createFindingRule(
  ruleName: string,
  description: string,
  { source, type, detail }: FindingPattern,
  topicArn: pulumi.Input<string>,
  parent: pulumi.Resource,
): void {
  const eventPattern = JSON.stringify({ source: [source], "detail-type": [type], detail });
  const rule = new aws.cloudwatch.EventRule(ruleName, { description, eventPattern }, { parent });
  new aws.cloudwatch.EventTarget(ruleName, { rule: rule.name, arn: topicArn }, { parent });
}
