import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { dataOptions, type Removal } from "../core/index.ts";

/** A store with one port, and the clients that may connect to it. */
export interface ClientSecurityGroupArgs {
  /** Such as "PostgreSQL". */
  readonly product: string;
  /** Physical name of the store. */
  readonly storeName: string;
  readonly port: number;
  readonly vpcId: pulumi.Input<string>;
  /** Security groups of the clients, by a stable key such as "nodes". */
  readonly clientSecurityGroupIds: Readonly<Record<string, pulumi.Input<string>>>;
  readonly removal: Removal;
}

/** The given groups may connect on one port. There is no egress rule, because a store opens no connection. */
export function createClientSecurityGroup(
  name: string,
  args: ClientSecurityGroupArgs,
  parent: pulumi.Resource,
): aws.ec2.SecurityGroup {
  const group = new aws.ec2.SecurityGroup(
    `${name}-security-group`,
    { description: `${args.product} of ${args.storeName}.`, vpcId: args.vpcId },
    { parent, retainOnDelete: dataOptions(args.removal).retainOnDelete },
  );
  for (const [key, clientId] of Object.entries(args.clientSecurityGroupIds)) {
    new aws.vpc.SecurityGroupIngressRule(
      `${name}-ingress-${key}`,
      {
        description: `${args.product} from ${key}.`,
        securityGroupId: group.id,
        referencedSecurityGroupId: clientId,
        ipProtocol: "tcp",
        fromPort: args.port,
        toPort: args.port,
      },
      { parent },
    );
  }
  return group;
}
