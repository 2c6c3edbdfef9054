import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { ClusterArgs } from "./args.ts";

export interface SecurityGroups {
  /** On the network interfaces of the control plane, beside the group that EKS creates. */
  readonly controlPlane: aws.ec2.SecurityGroup;
  /** On every node, beside the group that EKS creates. */
  readonly nodes: aws.ec2.SecurityGroup;
}

/**
 * Two security groups of our own. EKS creates a third one on the control plane and the nodes, which lets both talk to
 * each other. Ours add two things: a group that means "any node" without the control plane, and an explicit list of other
 * callers of the API server. Neither carries the tag `kubernetes.io/cluster/…`, because the load balancer controller
 * refuses to work when one network interface has two groups with this tag.
 */
export function createSecurityGroups(
  name: string,
  args: ClusterArgs,
  parent: pulumi.Resource,
): SecurityGroups {
  const group = (role: string, description: string): aws.ec2.SecurityGroup =>
    new aws.ec2.SecurityGroup(
      `${name}-${role}`,
      { vpcId: args.vpcId, description, tags: { Name: `${args.clusterName}-${role}` } },
      { parent },
    );
  const controlPlane = group("control-plane", `Who may call the API server of ${args.clusterName}.`);
  // No rule in or out: the group that EKS creates has the rules for nodes.
  const nodes = group("nodes", `Nodes and pods of ${args.clusterName}.`);
  const admit = (key: string, description: string, source: CallerSource): void => {
    new aws.vpc.SecurityGroupIngressRule(
      `${name}-control-plane-${key}`,
      {
        securityGroupId: controlPlane.id,
        ...source,
        description,
        ipProtocol: "tcp",
        fromPort: 443,
        toPort: 443,
      },
      { parent },
    );
  };
  admit("nodes", "API server, from nodes and pods.", { referencedSecurityGroupId: nodes.id });
  for (const caller of args.apiServerCallers) {
    const source = caller.startsWith("sg-") ? { referencedSecurityGroupId: caller } : { cidrIpv4: caller };
    admit(`caller-${caller}`, "API server, from operators or pipelines.", source);
  }
  return { controlPlane, nodes };
}

type CallerSource = Pick<aws.vpc.SecurityGroupIngressRuleArgs, "cidrIpv4" | "referencedSecurityGroupId">;
