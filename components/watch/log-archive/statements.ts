import * as pulumi from "@pulumi/pulumi";
import type { StatementInput } from "../../base/core/index.ts";

/** Permissions of Firehose on this archive only, as AWS lists them for a bucket, a customer key and an error log. */
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
        // With a bucket key the encryption context contains the bucket and not the object.
        StringLike: { "kms:EncryptionContext:aws:s3:arn": pulumi.interpolate`${bucketArn}*` },
      },
    },
    { sid: "TellFailures", actions: ["logs:PutLogEvents"], resources: [errorStreamArn] },
  ];
}

/** Permissions of CloudWatch Logs: to put records into one stream. */
export function forwardStatements(streamArn: pulumi.Input<string>): readonly StatementInput[] {
  return [
    { sid: "Forward", actions: ["firehose:PutRecord", "firehose:PutRecordBatch"], resources: [streamArn] },
  ];
}
