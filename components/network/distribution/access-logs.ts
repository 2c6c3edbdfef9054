import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/**
 * Logged fields of a request. Left out: cookies, because a reader could act as the caller, and query strings, because
 * they may contain personal data.
 */
const loggedFields = [
  "date",
  "time",
  "x-edge-location",
  "sc-bytes",
  "c-ip",
  "cs-method",
  "cs(Host)",
  "cs-uri-stem",
  "sc-status",
  "cs(User-Agent)",
  "x-edge-result-type",
  "x-edge-request-id",
  "x-host-header",
  "cs-protocol",
  "cs-bytes",
  "time-taken",
  "x-forwarded-for",
  "ssl-protocol",
  "ssl-cipher",
  "x-edge-response-result-type",
  "cs-protocol-version",
  "time-to-first-byte",
  "x-edge-detailed-result-type",
  "sc-content-type",
  "sc-content-len",
] as const;

/**
 * Access logs through the log delivery of CloudWatch. CloudFront's older standard logging writes with bucket ACLs, which
 * are off in our buckets.
 */
export function createAccessLogs(
  name: string,
  args: { readonly distributionArn: pulumi.Input<string>; readonly bucketArn: pulumi.Input<string> },
  parent: pulumi.Resource,
): void {
  const source = new aws.cloudwatch.LogDeliverySource(
    `${name}-logs`,
    { name: `${name}-logs`, logType: "ACCESS_LOGS", resourceArn: args.distributionArn },
    { parent },
  );
  const destination = new aws.cloudwatch.LogDeliveryDestination(
    `${name}-logs`,
    {
      name: `${name}-logs`,
      outputFormat: "json",
      deliveryDestinationConfiguration: { destinationResourceArn: args.bucketArn },
    },
    { parent },
  );
  new aws.cloudwatch.LogDelivery(
    `${name}-logs`,
    {
      deliverySourceName: source.name,
      deliveryDestinationArn: destination.arn,
      recordFields: [...loggedFields],
    },
    { parent },
  );
}
