import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { createAlarms } from "../../base/alarms/index.ts";
import { foundationOptions, refuse } from "../../base/core/index.ts";
import { firewallAlarmSpecs } from "./alarms.ts";
import type { FirewallArgs } from "./args.ts";
import { checkFirewallArgs } from "./check.ts";
import { createFirewallLogs, redactedHeaders } from "./logging.ts";
import { responseBodies, visibility, webAclRules } from "./rules.ts";
import { type FirewallScope, usesShieldAdvanced } from "./settings.ts";
import { createShield } from "./shield.ts";

/**
 * A web ACL (WAFv2) with AWS's rule groups, a rate limit per client, a body limit, hidden paths, and room for prose.
 *
 * Guarantees: every rule has a fixed priority, an action and its own metric; refusals have the error format of the API;
 * neither logs nor samples contain credentials; the rules fit the paid capacity units; a surge of refusals is an alarm.
 * About 5 USD per month, 1 USD per rule, and 0.60 USD per million requests. Replaced by: scope.
 */
export class Firewall extends pulumi.ComponentResource {
  /** For the `webAclArn` of a distribution. The output also waits for the rules. */
  readonly webAclArn: pulumi.Output<string>;
  readonly logGroupName: pulumi.Output<string>;

  constructor(name: string, args: FirewallArgs, opts?: pulumi.ComponentResourceOptions) {
    super("task-platform:firewall:Firewall", name, {}, opts);
    refuse(`firewall "${name}"`, checkFirewallArgs(name, args), this);

    const webAcl = createWebAcl(name, args, this);
    const rules = createRules(name, args, webAcl, this);
    this.logGroupName = createFirewallLogs(name, args, webAcl, this);
    createAssociations(name, args, webAcl, rules, this);
    const { scope, region, settings } = args;
    const specs = firewallAlarmSpecs({ name: metricNameOf(name, args), scope, region, settings });
    createAlarms(name, specs, { topicArn: args.alarmTopicArn }, this);

    this.webAclArn = pulumi.all([webAcl.arn, pulumi.all(rules.map((rule) => rule.id))]).apply(([arn]) => arn);
    this.registerOutputs({ webAclArn: this.webAclArn, logGroupName: this.logGroupName });
  }
}

/** Metric name of the web ACL. Those of the rules begin with it. */
function metricNameOf(name: string, { prefix }: FirewallArgs): string {
  return `${prefix}-${name}`;
}

const scopes: Readonly<Record<FirewallScope, string>> = { regional: "REGIONAL", cloudfront: "CLOUDFRONT" };

function createExemptSet(
  name: string,
  args: FirewallArgs,
  parent: pulumi.Resource,
): aws.wafv2.IpSet | undefined {
  if (args.settings.exemptCidrs.length === 0) return undefined;
  return new aws.wafv2.IpSet(
    `${name}-exempt`,
    {
      description: "Sources without a rate limit.",
      scope: scopes[args.scope],
      ipAddressVersion: "IPV4",
      addresses: args.settings.exemptCidrs.toSorted(),
    },
    { parent },
  );
}

function createWebAcl(name: string, args: FirewallArgs, parent: pulumi.Resource): aws.wafv2.WebAcl {
  return new aws.wafv2.WebAcl(
    name,
    {
      description: `Firewall ${name}.`,
      scope: scopes[args.scope],
      // The API itself checks permissions; the firewall only refuses requests that are never valid.
      defaultAction: { allow: {} },
      customResponseBodies: responseBodies,
      // Log redaction does not apply to sampled requests; this setting covers both.
      dataProtectionConfig: {
        dataProtections: redactedHeaders.map((header) => ({
          action: "SUBSTITUTION",
          field: { fieldType: "SINGLE_HEADER", fieldKeys: [header] },
        })),
      },
      visibilityConfig: visibility(metricNameOf(name, args)),
    },
    {
      parent,
      ...foundationOptions(args.removal),
      // The rules are separate resources. Without this, every update would remove them from the ACL.
      ignoreChanges: ["rules"],
    },
  );
}

/**
 * One resource per rule. AWS returns inline rules in another order, so every plan would show changes; one edit would
 * update all rules; and an IP set could not be deleted before the rule that uses it.
 */
function createRules(
  name: string,
  args: FirewallArgs,
  webAcl: aws.wafv2.WebAcl,
  parent: pulumi.Resource,
): readonly aws.wafv2.WebAclRule[] {
  const { settings, scope, client, freeTextPaths } = args;
  const exempt = createExemptSet(name, args, parent);
  const rules = webAclRules({
    name: metricNameOf(name, args),
    scope,
    client,
    settings,
    freeTextPaths,
    ...(exempt === undefined ? {} : { exemptSetArn: exempt.arn }),
  });
  return rules.map(
    (rule) =>
      new aws.wafv2.WebAclRule(`${name}-${rule.name}`, { ...rule, webAclArn: webAcl.arn }, { parent }),
  );
}

function createAssociations(
  name: string,
  args: FirewallArgs,
  webAcl: aws.wafv2.WebAcl,
  rules: readonly pulumi.Resource[],
  parent: pulumi.Resource,
): void {
  for (const [key, resourceArn] of Object.entries(args.loadBalancerArns)) {
    const association = new aws.wafv2.WebAclAssociation(
      `${name}-${key}`,
      { resourceArn, webAclArn: webAcl.arn },
      // Created last and deleted first: no load balancer has an ACL without its rules.
      { parent, dependsOn: [...rules] },
    );
    if (!usesShieldAdvanced(args.settings)) continue;
    const healthCheckArn = args.healthCheckArns?.[key];
    createShield(
      name,
      {
        key,
        resourceArn,
        mode: args.settings.mode,
        alarmTopicArn: args.alarmTopicArn,
        ...(healthCheckArn === undefined ? {} : { healthCheckArn }),
      },
      [association],
      parent,
    );
  }
}
