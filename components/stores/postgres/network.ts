import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { dataOptions } from "../../base/core/index.ts";
import { createClientSecurityGroup } from "../../base/store-parts/index.ts";
import type { PostgresArgs } from "./args.ts";

/** The default port. Another port hides nothing from an attacker inside the VPC and breaks the defaults of tools. */
export const postgresPort = 5432;

/** The data subnets, one in every zone. */
export function createSubnetGroup(name: string, args: PostgresArgs, parent: pulumi.Resource) {
  return new aws.rds.SubnetGroup(
    `${name}-subnets`,
    { description: `Data subnets of ${args.identifier}.`, subnetIds: Object.values(args.subnetIds) },
    // An instance that stays needs its subnet group.
    { parent, ...dataOptions(args.removal) },
  );
}

export function createSecurityGroup(name: string, args: PostgresArgs, parent: pulumi.Resource) {
  return createClientSecurityGroup(
    name,
    {
      product: "PostgreSQL",
      storeName: args.identifier,
      port: postgresPort,
      vpcId: args.vpcId,
      clientSecurityGroupIds: args.clientSecurityGroupIds,
      removal: args.removal,
    },
    parent,
  );
}
