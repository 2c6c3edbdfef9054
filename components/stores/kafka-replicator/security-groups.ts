import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { kafkaClientPort } from "./firewall.ts";
import type { ReplicatorArgs } from "./replicator.ts";

/** The group of the replicator, and the two rules that open the way between it and the brokers. */
export interface ReplicatorNetwork {
  readonly securityGroup: aws.ec2.SecurityGroup;
  readonly rules: readonly pulumi.Resource[];
}

/** A group of its own, because that of the brokers lets nothing out. At the source no group of ours is involved. */
export function createReplicatorNetwork(
  name: string,
  { target, replicatorName }: ReplicatorArgs,
  parent: pulumi.Resource,
): ReplicatorNetwork {
  const securityGroup = new aws.ec2.SecurityGroup(
    name,
    {
      description: `Replicator ${replicatorName}.`,
      vpcId: target.vpcId,
      tags: { Name: replicatorName },
    },
    { parent },
  );
  const port = { ipProtocol: "tcp", fromPort: kafkaClientPort, toPort: kafkaClientPort };
  const out = new aws.vpc.SecurityGroupEgressRule(
    `${name}-brokers`,
    {
      ...port,
      securityGroupId: securityGroup.id,
      referencedSecurityGroupId: target.securityGroupId,
      description: "To the brokers of the copy.",
    },
    { parent },
  );
  const into = new aws.vpc.SecurityGroupIngressRule(
    `${name}-brokers`,
    {
      ...port,
      securityGroupId: target.securityGroupId,
      referencedSecurityGroupId: securityGroup.id,
      description: `Replicator ${replicatorName}.`,
    },
    { parent },
  );
  return { securityGroup, rules: [out, into] };
}
