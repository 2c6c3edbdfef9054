import { stateKeyAlias } from "../../infra/names.ts";

export function encryption(accountId: string, region: string): string {
  return JSON.stringify({
    Rules: [
      {
        ApplyServerSideEncryptionByDefault: {
          SSEAlgorithm: "aws:kms",
          KMSMasterKeyID: `arn:aws:kms:${region}:${accountId}:${stateKeyAlias}`,
        },
        BucketKeyEnabled: true,
      },
    ],
  });
}

/** 90 days are long enough to notice a damaged state. Each version is a full copy, so older ones are deleted. */
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
            ReplicaKmsKeyID: `arn:aws:kms:${region}:${accountId}:${stateKeyAlias}`,
          },
          // The recovery point of the state is computed from these 15 minutes.
          ReplicationTime: { Status: "Enabled", Time: { Minutes: 15 } },
          Metrics: { Status: "Enabled", EventThreshold: { Minutes: 15 } },
        },
      },
    ],
  });
}
