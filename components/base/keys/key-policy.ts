import { type Statement, toPolicyJson } from "../core/index.ts";

/** Kinds of data that have a key of their own. */
export const keyDomains = ["cluster", "disks", "data", "logs", "secrets", "messages"] as const;
export type KeyDomain = (typeof keyDomains)[number];

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
  if (domain === "messages") {
    return [
      {
        sid: "Publishers",
        principals: {
          Service: [
            "cloudwatch.amazonaws.com",
            "events.rds.amazonaws.com",
            "elasticache.amazonaws.com",
            "budgets.amazonaws.com",
            "events.amazonaws.com",
            "costalerts.amazonaws.com",
            "aps.amazonaws.com",
            "backup.amazonaws.com",
          ],
        },
        actions: ["kms:Decrypt", "kms:GenerateDataKey"],
        resources: ["*"],
        conditions: { StringEquals: { "aws:SourceAccount": accountId } },
      },
    ];
  }
  if (domain === "disks") return diskStatements(accountId);
  return [];
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
