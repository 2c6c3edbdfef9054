import * as pulumi from "@pulumi/pulumi";
import type { StatementInput } from "../../base/core/index.ts";

/** What Firehose may do: the list that AWS gives for a bucket, a key of ours and an error log, on this archive alone. */
export function deliveryStatements(
  args: { readonly keyArn: pulumi.Input<string>; readonly region: string },
  bucketArn: pulumi.Input<string>,
  errorStreamArn: pulumi.Input<string>,
): readonly StatementInput[] {
  return [
    {
      sid: "FindBucket",
      actions: ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"],
      resources: [bucketArn],
    },
    {
      sid: "WriteObjects",
      actions: ["s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"],
      resources: [pulumi.interpolate`${bucketArn}/*`],
    },
    {
      sid: "UseKeyForBucket",
      actions: ["kms:Decrypt", "kms:GenerateDataKey"],
      resources: [args.keyArn],
      conditions: {
        StringEquals: { "kms:ViaService": `s3.${args.region}.amazonaws.com` },
        // With a bucket key S3 names the bucket, and no object.
        StringLike: { "kms:EncryptionContext:aws:s3:arn": pulumi.interpolate`${bucketArn}*` },
      },
    },
    { sid: "TellFailures", actions: ["logs:PutLogEvents"], resources: [errorStreamArn] },
  ];
}

/** What CloudWatch Logs may do: put records into one stream. */
export function forwardStatements(streamArn: pulumi.Input<string>): readonly StatementInput[] {
  return [
    { sid: "Forward", actions: ["firehose:PutRecord", "firehose:PutRecordBatch"], resources: [streamArn] },
  ];
}
