import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { kafkaClientPort } from "../kafka/index.ts";
import type { KafkaReplicatorArgs } from "./args.ts";

/** The security group of the replicator, and the two rules between it and the brokers. */
export interface ReplicatorSecurityGroup {
  readonly securityGroup: aws.ec2.SecurityGroup;
  readonly rules: readonly pulumi.Resource[];
}

/** Its own group, because the group of the brokers has no egress rule. At the source no group of ours is involved. */
export function createReplicatorSecurityGroup(
  name: string,
  { target, replicatorName }: KafkaReplicatorArgs,
  parent: pulumi.Resource,
): ReplicatorSecurityGroup {
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
