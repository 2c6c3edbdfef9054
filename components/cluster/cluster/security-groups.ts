import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { ClusterArgs } from "./args.ts";

export interface SecurityGroups {
  /** On the interfaces of the control plane, beside the group that EKS makes. */
  readonly controlPlane: aws.ec2.SecurityGroup;
  /** On every node, beside the group that EKS makes. */
  readonly nodes: aws.ec2.SecurityGroup;
}

/**
 * Two groups of our own. EKS makes a third, puts it on the control plane and on nodes, and keeps both talking through
 * it; ours add what that one cannot: a name for "any node" that admits no control plane, and an explicit list of who
 * else reaches the API server. Neither carries the tag `kubernetes.io/cluster/…`: with two tagged groups on one
 * interface the load balancer controller refuses to work.
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
  // No rule in or out: nodes talk by the rules of the group that EKS makes.
  const nodes = group("nodes", `Nodes and pods of ${args.clusterName}.`);
  new aws.vpc.SecurityGroupIngressRule(
    `${name}-control-plane-nodes`,
    {
      securityGroupId: controlPlane.id,
      referencedSecurityGroupId: nodes.id,
      description: "API server, from nodes and pods.",
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
    },
    { parent },
  );
  return { controlPlane, nodes };
}
