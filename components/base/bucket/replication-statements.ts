import type { Statement } from "../core/index.ts";

/** A bucket as the replication role sees it. */
export interface End {
  readonly arn: string;
  readonly keyArn: string;
  readonly region: string;
}

/**
 * Reads versions at the source and writes replicas at the copy, nothing else (S3 user guide, "Setting up permissions for
 * live replication"). Absent on purpose: `s3:ReplicateDelete`, because delete markers are not copied.
 *
 * Both keys leave their use to IAM, so these statements are all that opens them, and only through S3 and for these two
 * buckets.
 */
export function replicationStatements(source: End, copy: End, locked: boolean): Statement[] {
  const readLocks = ["s3:GetObjectRetention", "s3:GetObjectLegalHold"];
  const readVersions = [
    "s3:GetObjectVersionForReplication",
    "s3:GetObjectVersionAcl",
    "s3:GetObjectVersionTagging",
  ];
  return [
    {
      sid: "ReadRule",
      actions: ["s3:GetReplicationConfiguration", "s3:ListBucket"],
      resources: [source.arn],
    },
    {
      sid: "ReadVersions",
      actions: [...readVersions, ...(locked ? readLocks : [])],
      resources: [`${source.arn}/*`],
    },
    {
      sid: "WriteReplicas",
      actions: ["s3:ReplicateObject", "s3:ReplicateTags"],
      resources: [`${copy.arn}/*`],
    },
    {
      sid: "DecryptSource",
      actions: ["kms:Decrypt"],
      resources: [source.keyArn],
      conditions: throughBucket(source),
    },
    {
      sid: "EncryptReplicas",
      // The second for the key of the bucket, which stands between this key and those of objects.
      actions: ["kms:Encrypt", "kms:GenerateDataKey"],
      resources: [copy.keyArn],
      conditions: throughBucket(copy),
    },
  ];
}

/** The context is the bucket where its bucket key is used, and the object where a writer asked for none. */
function throughBucket({ arn, region }: End): NonNullable<Statement["conditions"]> {
  return {
    StringEquals: { "kms:ViaService": `s3.${region}.amazonaws.com` },
    StringLike: { "kms:EncryptionContext:aws:s3:arn": [arn, `${arn}/*`] },
  };
}
