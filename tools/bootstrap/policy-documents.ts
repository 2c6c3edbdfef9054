import { platform } from "../../components/base/core/settings.ts";
import { stateBucketName, stateKeyAlias } from "../../infra/names.ts";
import type { BootstrapOptions } from "./types.ts";

export function tlsOnly(bucket: string): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "TlsOnly",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ],
  });
}

/** What S3 needs to copy encrypted objects: read here, write there, and use the state key in both regions. */
export function replicationPolicy({ accountId, homeRegion, recoveryRegion }: BootstrapOptions): string {
  const home = stateBucketName(accountId, homeRegion);
  const copy = stateBucketName(accountId, recoveryRegion);
  const key = (region: string) => `arn:aws:kms:${region}:${accountId}:key/*`;
  const ofState = { "kms:ResourceAliases": stateKeyAlias };
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: ["s3:GetReplicationConfiguration", "s3:ListBucket"],
        Resource: `arn:aws:s3:::${home}`,
      },
      {
        Effect: "Allow",
        Action: ["s3:GetObjectVersionForReplication", "s3:GetObjectVersionTagging"],
        Resource: `arn:aws:s3:::${home}/*`,
      },
      {
        Effect: "Allow",
        Action: ["s3:ReplicateDelete", "s3:ReplicateObject", "s3:ReplicateTags"],
        Resource: `arn:aws:s3:::${copy}/*`,
      },
      {
        Effect: "Allow",
        Action: "kms:Decrypt",
        Resource: key(homeRegion),
        Condition: { "ForAnyValue:StringEquals": ofState },
      },
      {
        Effect: "Allow",
        Action: ["kms:Encrypt", "kms:GenerateDataKey"],
        Resource: key(recoveryRegion),
        Condition: { "ForAnyValue:StringEquals": ofState },
      },
    ],
  });
}

/**
 * The boundary of every role of the platform: a role may read and pass roles and create service-linked roles, and nothing else
 * in IAM. It cannot change the account, the organization or its own limits.
 */
export const boundaryPolicy = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    { Sid: "Within", Effect: "Allow", NotAction: ["account:*", "iam:*", "organizations:*"], Resource: "*" },
    {
      Sid: "HandOverRoles",
      Effect: "Allow",
      Action: ["iam:GetRole", "iam:PassRole", "iam:CreateServiceLinkedRole"],
      Resource: "*",
    },
  ],
});

/**
 * Who may assume a role of people. IAM users must have signed in with a second factor. For roles, such as those of IAM
 * Identity Center, the key `aws:MultiFactorAuthPresent` says nothing: their identity provider must ask for the factor.
 */
export function peopleTrust(people: readonly string[]): string {
  const users = people.filter((arn) => arn.includes(":user/"));
  const roles = people.filter((arn) => !arn.includes(":user/"));
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      ...(users.length === 0
        ? []
        : [
            {
              Sid: "UsersWithSecondFactor",
              Effect: "Allow",
              Principal: { AWS: users },
              Action: "sts:AssumeRole",
              Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } },
            },
          ]),
      ...(roles.length === 0
        ? []
        : [{ Sid: "Roles", Effect: "Allow", Principal: { AWS: roles }, Action: "sts:AssumeRole" }]),
    ],
  });
}

/** What the break-glass role needs beyond reading settings: the address of a cluster, and the password of the schema owner. */
export function breakGlassPolicy(accountId: string): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "FindClusters",
        Effect: "Allow",
        Action: ["eks:DescribeCluster"],
        Resource: `arn:aws:eks:*:${accountId}:cluster/${platform.prefix}-*`,
      },
      {
        Sid: "ReadMasterPassword",
        Effect: "Allow",
        Action: "secretsmanager:GetSecretValue",
        Resource: [
          `arn:aws:secretsmanager:*:${accountId}:secret:rds!db-*`,
          `arn:aws:secretsmanager:*:${accountId}:secret:${platform.prefix}-*-database-master-*`,
        ],
      },
      {
        Sid: "DecryptMasterPassword",
        Effect: "Allow",
        Action: "kms:Decrypt",
        Resource: `arn:aws:kms:*:${accountId}:key/*`,
        Condition: { StringLike: { "kms:ViaService": "secretsmanager.*.amazonaws.com" } },
      },
    ],
  });
}
