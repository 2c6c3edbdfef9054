import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { dataOptions } from "../../base/core/index.ts";
import type { PostgresArgs } from "./args.ts";

/** The port of PostgreSQL. Another one hides nothing from who is inside, and confuses every tool. */
export const postgresPort = 5432;

/** Where the instance lives: a group of data subnets, one in every zone. */
export function createSubnetGroup(name: string, args: PostgresArgs, parent: pulumi.Resource) {
  return new aws.rds.SubnetGroup(
    `${name}-subnets`,
    { description: `Data subnets of ${args.identifier}.`, subnetIds: Object.values(args.subnetIds) },
    // An instance that stays must keep the group that it stands in.
    { parent, ...dataOptions(args.removal) },
  );
}

/** Who may connect: the referenced groups, on one port. No egress rule: a database begins no connection. */
export function createSecurityGroup(name: string, args: PostgresArgs, parent: pulumi.Resource) {
  const group = new aws.ec2.SecurityGroup(
    `${name}-security-group`,
    { description: `PostgreSQL of ${args.identifier}.`, vpcId: args.vpcId },
    { parent, retainOnDelete: dataOptions(args.removal).retainOnDelete },
  );
  for (const [key, clientId] of Object.entries(args.clientSecurityGroupIds)) {
    new aws.vpc.SecurityGroupIngressRule(
      `${name}-ingress-${key}`,
      {
        description: `PostgreSQL from ${key}.`,
        securityGroupId: group.id,
        referencedSecurityGroupId: clientId,
        ipProtocol: "tcp",
        fromPort: postgresPort,
        toPort: postgresPort,
      },
      { parent },
    );
  }
  return group;
}
