import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { policyDocument } from "../../base/core/index.ts";
import type { FirewallArgs } from "./args.ts";

/** Headers with which a reader could act as the caller. */
export const redactedHeaders = ["authorization", "cookie"] as const;

/** Log group of the ACL's decisions, with retention, a key, and a policy for WAF of this account only. */
export function createFirewallLogs(
  name: string,
  args: FirewallArgs,
  webAcl: aws.wafv2.WebAcl,
  parent: pulumi.Resource,
): pulumi.Output<string> {
  const group = new aws.cloudwatch.LogGroup(
    `${name}-logs`,
    {
      // WAF requires this prefix.
      namePrefix: `aws-waf-logs-${name}-`,
      retentionInDays: args.settings.logRetentionDays,
      kmsKeyId: args.logKeyArn,
    },
    { parent },
  );
  const policy = createDeliveryPolicy(name, args, group, parent);
  new aws.wafv2.WebAclLoggingConfiguration(
    name,
    {
      resourceArn: webAcl.arn,
      logDestinationConfigs: [group.arn],
      redactedFields: redactedHeaders.map((header) => ({ singleHeader: { name: header } })),
      ...(args.settings.logs === "everything" ? {} : { loggingFilter: decisionsOnly }),
    },
    { parent, dependsOn: [policy] },
  );
  return group.name;
}

/** Without this policy WAF adds to one policy for all ACLs of the account, and fails silently when that one is full. */
function createDeliveryPolicy(
  name: string,
  args: FirewallArgs,
  group: aws.cloudwatch.LogGroup,
  parent: pulumi.Resource,
): aws.cloudwatch.LogResourcePolicy {
  return new aws.cloudwatch.LogResourcePolicy(
    `${name}-logs`,
    {
      policyName: `aws-waf-logs-${args.prefix}-${name}`,
      policyDocument: policyDocument([
        {
          sid: "WafDelivery",
          principals: { Service: ["delivery.logs.amazonaws.com"] },
          actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
          resources: [group.arn.apply((arn) => `${arn}:*`)],
          conditions: {
            StringEquals: { "aws:SourceAccount": args.accountId },
            ArnLike: { "aws:SourceArn": `arn:aws:logs:${args.region}:${args.accountId}:*` },
          },
        },
      ]),
    },
    { parent },
  );
}

const decisionsOnly = {
  defaultBehavior: "DROP",
  filters: [
    {
      behavior: "KEEP",
      requirement: "MEETS_ANY",
      conditions: ["BLOCK", "COUNT", "EXCLUDED_AS_COUNT"].map((action) => ({ actionCondition: { action } })),
    },
  ],
};
