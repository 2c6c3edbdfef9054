import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { createAlarms } from "../../base/alarms/index.ts";
import { foundationOptions, type Removal, refuse } from "../../base/core/index.ts";
import { firewallAlarmSpecs } from "./alarm-specs.ts";
import { firewallArgProblems } from "./check-args.ts";
import { createFirewallLogs, redactedHeaders } from "./logging.ts";
import { responseBodies, visibility, webAclRules } from "./rules.ts";
import type { FirewallScope, FirewallSettings } from "./settings.ts";
import { createShield } from "./shield.ts";

export interface FirewallArgs {
  readonly settings: FirewallSettings;
  /** `cloudfront` needs a provider of us-east-1 on the block. */
  readonly scope: FirewallScope;
  /**
   * Whose requests the rate rule counts together. `forwarded-for` only for a load balancer behind a distribution:
   * there the peer is always CloudFront, and the header starts with what the client claims, so the limit that
   * counts is the one of the distribution's own firewall.
   */
  readonly client: "source-address" | "forwarded-for";
  readonly accountId: string;
  readonly region: string;
  readonly removal: Removal;
  /** Load balancers to stand in front of, by a stable key; none for `cloudfront`, which names its ACL itself. */
  readonly loadBalancerArns: Readonly<Record<string, pulumi.Input<string>>>;
  /** Route 53 health checks by the key of their load balancer, for Shield Advanced. @default none */
  readonly healthCheckArns?: Readonly<Record<string, pulumi.Input<string>>>;
  readonly logKeyArn: pulumi.Input<string>;
  readonly alarmTopicArn: pulumi.Input<string>;
}

/**
 * A web ACL (WAFv2) with AWS's rule groups, a rate per client, a body limit and hidden paths.
 *
 * Guarantees: every rule has a fixed place, an action and a metric of its own; refusals answer in the API's words;
 * neither logs nor samples hold credentials; the rules fit the capacity that is paid for; a surge is an alarm.
 * About 5 USD a month, 1 a rule, and 0.60 a million requests. Replaced by: scope.
 */
export class Firewall extends pulumi.ComponentResource {
  /** For a distribution's `webAclArn`; waiting for it waits for the rules. */
  readonly webAclArn: pulumi.Output<string>;
  readonly logGroupName: pulumi.Output<string>;

  constructor(name: string, args: FirewallArgs, opts?: pulumi.ComponentResourceOptions) {
    super("task-platform:firewall:Firewall", name, {}, opts);
    refuse(`firewall "${name}"`, firewallArgProblems(name, args), this);

    const webAcl = createWebAcl(name, args, this);
    const rules = createRules(name, args, webAcl, this);
    this.logGroupName = createFirewallLogs(name, args, webAcl, this);
    createAssociations(name, args, webAcl, rules, this);
    const { scope, region, settings } = args;
    const specs = firewallAlarmSpecs({ name, scope, region, settings });
    createAlarms(name, specs, { topicArn: args.alarmTopicArn }, this);

    this.webAclArn = pulumi.all([webAcl.arn, pulumi.all(rules.map((rule) => rule.id))]).apply(([arn]) => arn);
    this.registerOutputs({ webAclArn: this.webAclArn, logGroupName: this.logGroupName });
  }
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
      // The API itself decides who may do what; the firewall only takes out what is never right.
      defaultAction: { allow: {} },
      customResponseBodies: responseBodies,
      // The redaction of the log leaves sampled requests as they are; this covers both.
      dataProtectionConfig: {
        dataProtections: redactedHeaders.map((header) => ({
          action: "SUBSTITUTION",
          field: { fieldType: "SINGLE_HEADER", fieldKeys: [header] },
        })),
      },
      visibilityConfig: visibility(name),
    },
    {
      parent,
      ...foundationOptions(args.removal),
      // The rules are resources of their own; without this each plan would want to take them out again.
      ignoreChanges: ["rules"],
    },
  );
}

/**
 * A resource a rule. Inline in the ACL they come back from AWS in another order, so that plans want to change what did
 * not change; one edit makes all of them again; and a set cannot leave before the rule that uses it.
 */
function createRules(
  name: string,
  args: FirewallArgs,
  webAcl: aws.wafv2.WebAcl,
  parent: pulumi.Resource,
): readonly aws.wafv2.WebAclRule[] {
  const { settings, scope, client } = args;
  const exempt = createExemptSet(name, args, parent);
  const rules = webAclRules({
    name,
    scope,
    client,
    settings,
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
      // Last to come and first to go: nothing stands behind an ACL without its rules.
      { parent, dependsOn: [...rules] },
    );
    if (args.settings.shield !== "advanced") continue;
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
