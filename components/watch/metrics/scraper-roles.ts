import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { policyDocument, toPolicyJson } from "../../base/core/index.ts";
import type { MetricsArgs } from "./args.ts";

/** What a scraper needs to write to a workspace with a key of ours. */
export interface ScraperRoles {
  readonly source: aws.iam.Role;
  readonly target: aws.iam.Role;
  /** The scraper waits for them: without permissions it would start and write nothing. */
  readonly policies: readonly pulumi.Resource[];
}

/**
 * The two roles that a scraper uses for a workspace with a customer managed key, because the role that AWS gives it has no
 * permission for that key (AMP guide, "Creating scraper for workspaces enabled with customer managed keys"). The service
 * takes the source role, and with it the target role, which writes.
 *
 * Trust is limited to scrapers of this account and region and not to one: the id of a scraper is known only after its
 * creation, which needs the roles.
 */
export function createScraperRoles(
  name: string,
  args: MetricsArgs,
  workspaceArn: pulumi.Input<string>,
  parent: pulumi.Resource,
): ScraperRoles {
  const { accountId, region, environment } = args;
  const scrapers = `arn:aws:aps:${region}:${accountId}:scraper/*`;
  const source = new aws.iam.Role(
    `${name}-scraper-source`,
    { description: `Scraper of ${environment}.`, assumeRolePolicy: sourceTrust(accountId, scrapers) },
    { parent },
  );
  const target = new aws.iam.Role(
    `${name}-scraper-target`,
    {
      description: `Writes the metrics of ${environment}.`,
      assumeRolePolicy: source.arn.apply((arn) => targetTrust(arn, scrapers)),
    },
    { parent },
  );
  const mayTake = new aws.iam.RolePolicy(
    `${name}-scraper-source`,
    {
      role: source.name,
      policy: policyDocument([{ sid: "TakeTarget", actions: ["sts:AssumeRole"], resources: [target.arn] }]),
    },
    { parent },
  );
  const mayWrite = new aws.iam.RolePolicy(
    `${name}-scraper-target`,
    {
      role: target.name,
      policy: policyDocument([
        { sid: "Write", actions: ["aps:RemoteWrite"], resources: [workspaceArn] },
        {
          sid: "Encrypt",
          actions: ["kms:Decrypt", "kms:GenerateDataKey"],
          resources: [args.dataKeyArn],
          conditions: { StringEquals: { "kms:ViaService": `aps.${region}.amazonaws.com` } },
        },
      ]),
    },
    { parent },
  );
  return { source, target, policies: [mayTake, mayWrite] };
}

function sourceTrust(accountId: string, scrapers: string): string {
  return toPolicyJson([
    {
      sid: "Scrapers",
      actions: ["sts:AssumeRole"],
      principals: { Service: ["scraper.aps.amazonaws.com"] },
      conditions: {
        StringEquals: { "aws:SourceAccount": accountId },
        ArnLike: { "aws:SourceArn": scrapers },
      },
    },
  ]);
}

/** The service passes the ARN of the scraper as external id. */
function targetTrust(sourceArn: string, scrapers: string): string {
  return toPolicyJson([
    {
      sid: "Source",
      actions: ["sts:AssumeRole"],
      principals: { AWS: [sourceArn] },
      conditions: { StringLike: { "sts:ExternalId": scrapers } },
    },
  ]);
}
