import type { Statement } from "../core/index.ts";

/** One of the two buckets of a replication. */
export interface ReplicatedBucket {
  readonly arn: string;
  readonly keyArn: string;
  readonly region: string;
}

/**
 * Reads versions of the source and writes replicas to the copy, nothing else (S3 user guide, "Setting up permissions for
 * live replication"). `s3:ReplicateDelete` is absent on purpose, because delete markers are not copied.
 *
 * The policies of both keys delegate to IAM, so only these statements open the keys, and only through S3 and for these
 * two buckets.
 */
export function replicationStatements(
  source: ReplicatedBucket,
  copy: ReplicatedBucket,
  locked: boolean,
): Statement[] {
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
      // GenerateDataKey is for the bucket key, an intermediate key between this key and the keys of objects.
      actions: ["kms:Encrypt", "kms:GenerateDataKey"],
      resources: [copy.keyArn],
      conditions: throughBucket(copy),
    },
  ];
}

/** The encryption context is the bucket if its bucket key is used, and the object if a writer turned that off. */
function throughBucket({ arn, region }: ReplicatedBucket): NonNullable<Statement["conditions"]> {
  return {
    StringEquals: { "kms:ViaService": `s3.${region}.amazonaws.com` },
    StringLike: { "kms:EncryptionContext:aws:s3:arn": [arn, `${arn}/*`] },
  };
}
