import { type Statement, toPolicyJson } from "../core/index.ts";

/** Kinds of data that have a key of their own. */
export const keyDomains = ["cluster", "disks", "data", "logs", "secrets", "messages"] as const;
export type KeyDomain = (typeof keyDomains)[number];

/**
 * Services that publish alerts to our topics, by the condition that their documents show. The topics and the key that
 * encrypts them must name the same services, or messages are lost without an error.
 */
export const alertPublishers = {
  /**
   * They send the account for which they act: the guides of SNS (alarms, "Example cases for access control"), RDS
   * ("Granting permissions to publish notifications"), Budgets and Cost Anomaly Detection (the pages on their topics), and
   * Managed Prometheus (the page on permission to send to SNS).
   */
  ofAccount: [
    "cloudwatch.amazonaws.com",
    "events.rds.amazonaws.com",
    "budgets.amazonaws.com",
    "costalerts.amazonaws.com",
    "aps.amazonaws.com",
  ],
  /**
   * EventBridge publishes to no topic whose policy has a condition for it (EventBridge user guide, "Using resource-based
   * policies"), and to no encrypted topic whose key asks for a source (SNS guide, "Key management"). Only the ARN of a
   * topic, with its random suffix, keeps rules of other accounts away; a forged message is at worst a false alert.
   */
  unconditional: ["events.amazonaws.com"],
} as const;

const useActions = [
  "kms:Encrypt",
  "kms:Decrypt",
  "kms:ReEncryptFrom",
  "kms:ReEncryptTo",
  "kms:GenerateDataKey",
  "kms:GenerateDataKeyWithoutPlaintext",
  "kms:DescribeKey",
];

/** Policy of a key: IAM of the account administers the key, and services may use it only for this account. */
export function keyPolicy(domain: KeyDomain, accountId: string, region: string): string {
  return toPolicyJson([accountStatement(accountId), ...serviceStatements(domain, accountId, region)]);
}

/** Without this statement nobody could ever change the policy. In a key policy "*" means this key. */
function accountStatement(accountId: string): Statement {
  return {
    sid: "Account",
    principals: { AWS: [`arn:aws:iam::${accountId}:root`] },
    actions: ["kms:*"],
    resources: ["*"],
  };
}

function serviceStatements(domain: KeyDomain, accountId: string, region: string): Statement[] {
  if (domain === "logs") {
    return [
      {
        sid: "Logs",
        principals: { Service: [`logs.${region}.amazonaws.com`] },
        actions: useActions,
        resources: ["*"],
        conditions: {
          ArnLike: {
            "kms:EncryptionContext:aws:logs:arn": `arn:aws:logs:${region}:${accountId}:log-group:*`,
          },
        },
      },
      {
        sid: "LogDelivery",
        principals: { Service: ["delivery.logs.amazonaws.com"] },
        actions: useActions,
        resources: ["*"],
        conditions: { StringEquals: { "aws:SourceAccount": accountId } },
      },
      {
        sid: "Trail",
        principals: { Service: ["cloudtrail.amazonaws.com"] },
        actions: ["kms:DescribeKey", "kms:GenerateDataKey"],
        resources: ["*"],
        conditions: { ArnLike: { "aws:SourceArn": `arn:aws:cloudtrail:${region}:${accountId}:trail/*` } },
      },
    ];
  }
  if (domain === "messages") return publisherStatements(accountId);
  if (domain === "disks") return diskStatements(accountId);
  return [];
}

function publisherStatements(accountId: string): Statement[] {
  const common = { actions: ["kms:Decrypt", "kms:GenerateDataKey"], resources: ["*"] };
  return [
    {
      sid: "Publishers",
      principals: { Service: alertPublishers.ofAccount },
      ...common,
      conditions: { StringEquals: { "aws:SourceAccount": accountId } },
    },
    { sid: "EventBridge", principals: { Service: alertPublishers.unconditional }, ...common },
  ];
}

/** The autoscaling service starts the nodes, so its role needs the key before any role of ours does. */
function diskStatements(accountId: string): Statement[] {
  const role = `arn:aws:iam::${accountId}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`;
  return [
    { sid: "Autoscaling", principals: { AWS: [role] }, actions: useActions, resources: ["*"] },
    {
      sid: "AutoscalingGrants",
      principals: { AWS: [role] },
      actions: ["kms:CreateGrant"],
      resources: ["*"],
      conditions: { Bool: { "kms:GrantIsForAWSResource": "true" } },
    },
  ];
}
