import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/**
 * What is written of a request. Absent: cookies, which let their reader act as the caller, and query strings, which
 * may name people.
 */
export const loggedFields = [
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
 * Access logs by CloudWatch's log delivery. CloudFront's own older way writes by ACL, which a bucket that belongs to
 * its owner only does not have.
 */
export function createDistributionLogs(
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
