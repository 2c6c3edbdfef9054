import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { EdgeArgs } from "./args.ts";

type IngressSource = Pick<aws.vpc.SecurityGroupIngressRuleArgs, "cidrIpv4" | "prefixListId">;

export interface SecurityGroups {
  /** Source of the requests to the pods. */
  readonly main: aws.ec2.SecurityGroup;
  readonly all: readonly aws.ec2.SecurityGroup[];
}

/**
 * Security groups of the load balancer. Ingress: its clients on 443, and on 80 for the redirect where no distribution is
 * in front. Egress: only the ports of the pods, by their security group.
 */
export function createSecurityGroups(name: string, args: EdgeArgs, parent: pulumi.Resource): SecurityGroups {
  const main = createGroup(`${name}-load-balancer`, `Load balancer ${name}.`, args, parent);
  if (args.reach.from === "distribution") {
    // No port 80: the distribution connects over HTTPS only.
    const { prefixListId } = args.reach;
    createIngress(
      `${name}-ingress-cloudfront`,
      main,
      443,
      { prefixListId },
      "HTTPS from CloudFront.",
      parent,
    );
  } else {
    for (const cidr of args.reach.cidrs) {
      const source = { cidrIpv4: cidr };
      createIngress(`${name}-ingress-https-${cidr}`, main, 443, source, "HTTPS.", parent);
      createIngress(
        `${name}-ingress-http-${cidr}`,
        main,
        80,
        source,
        "HTTP, answered by a redirect.",
        parent,
      );
    }
  }
  createPodRules(name, args, main, parent);
  if (args.settings.failover !== "primary" || args.probePrefixListId === undefined)
    return { main, all: [main] };
  // A second security group: CloudFront's list counts as 55 of the 60 rules that a group may have, and this list as 25.
  const probes = createGroup(`${name}-probes`, `Route 53's health checkers of ${name}.`, args, parent);
  const source = { prefixListId: args.probePrefixListId };
  createIngress(`${name}-ingress-probes`, probes, 443, source, "Health checkers of Route 53.", parent);
  return { main, all: [main, probes] };
}

function createGroup(
  groupName: string,
  description: string,
  args: EdgeArgs,
  parent: pulumi.Resource,
): aws.ec2.SecurityGroup {
  return new aws.ec2.SecurityGroup(
    groupName,
    { description, vpcId: args.vpcId, tags: { Name: groupName } },
    { parent },
  );
}

function createIngress(
  ruleName: string,
  group: aws.ec2.SecurityGroup,
  port: number,
  source: IngressSource,
  description: string,
  parent: pulumi.Resource,
): void {
  new aws.vpc.SecurityGroupIngressRule(
    ruleName,
    { securityGroupId: group.id, ...source, description, ipProtocol: "tcp", fromPort: port, toPort: port },
    { parent },
  );
}

/** For each port of the pods: egress from the load balancer and ingress to the pods. */
function createPodRules(
  name: string,
  args: EdgeArgs,
  group: aws.ec2.SecurityGroup,
  parent: pulumi.Resource,
): void {
  const podPorts = { rest: args.rest.port, grpc: args.grpc.port, health: args.rest.healthPort };
  for (const [key, port] of Object.entries(podPorts)) {
    const ports = { ipProtocol: "tcp", fromPort: port, toPort: port };
    new aws.vpc.SecurityGroupEgressRule(
      `${name}-egress-${key}`,
      {
        securityGroupId: group.id,
        referencedSecurityGroupId: args.podSecurityGroupId,
        description: `Pods: ${key}.`,
        ...ports,
      },
      { parent },
    );
    new aws.vpc.SecurityGroupIngressRule(
      `${name}-pods-${key}`,
      {
        securityGroupId: args.podSecurityGroupId,
        referencedSecurityGroupId: group.id,
        description: `Load balancer ${name}: ${key}.`,
        ...ports,
      },
      { parent },
    );
  }
}
