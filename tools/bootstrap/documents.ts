/** Alias of the key that encrypts state, the same in both regions. */
export const stateAlias = "alias/task-platform-state";

export function encryption(accountId: string, region: string): string {
  return JSON.stringify({
    Rules: [
      {
        ApplyServerSideEncryptionByDefault: {
          SSEAlgorithm: "aws:kms",
          KMSMasterKeyID: `arn:aws:kms:${region}:${accountId}:${stateAlias}`,
        },
        BucketKeyEnabled: true,
      },
    ],
  });
}

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

/** A quarter: long enough to notice that a state was damaged, and every version is a full copy. */
export const lifecycle = JSON.stringify({
  Rules: [
    {
      ID: "old-versions",
      Status: "Enabled",
      Filter: {},
      NoncurrentVersionExpiration: { NoncurrentDays: 90 },
      AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
    },
  ],
});

export function replicationTrust(accountId: string): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "s3.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: { StringEquals: { "aws:SourceAccount": accountId } },
      },
    ],
  });
}

export function replicationPolicy(
  accountId: string,
  home: string,
  copy: string,
  from: string,
  to: string,
): string {
  const key = (region: string) => `arn:aws:kms:${region}:${accountId}:key/*`;
  const ofState = { "kms:ResourceAliases": `${stateAlias}` };
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
        Resource: key(from),
        Condition: { "ForAnyValue:StringEquals": ofState },
      },
      {
        Effect: "Allow",
        Action: ["kms:Encrypt", "kms:GenerateDataKey"],
        Resource: key(to),
        Condition: { "ForAnyValue:StringEquals": ofState },
      },
    ],
  });
}

export function replication(roleArn: string, copy: string, accountId: string, region: string): string {
  return JSON.stringify({
    Role: roleArn,
    Rules: [
      {
        ID: "everything",
        Status: "Enabled",
        Priority: 1,
        Filter: {},
        DeleteMarkerReplication: { Status: "Enabled" },
        SourceSelectionCriteria: { SseKmsEncryptedObjects: { Status: "Enabled" } },
        Destination: {
          Bucket: `arn:aws:s3:::${copy}`,
          EncryptionConfiguration: {
            ReplicaKmsKeyID: `arn:aws:kms:${region}:${accountId}:${stateAlias}`,
          },
          // The promise of 15 minutes is what the recovery point of the state is computed from.
          ReplicationTime: { Status: "Enabled", Time: { Minutes: 15 } },
          Metrics: { Status: "Enabled", EventThreshold: { Minutes: 15 } },
        },
      },
    ],
  });
}

/** No role of the platform makes identities or loosens them, leaves the account, or changes what it is bound by. */
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
