import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { toPolicyJson } from "../../base/core/index.ts";
import type { NetworkArgs, Subnets } from "./network.ts";
import type { RouteTables } from "./routing.ts";

/** Gateway endpoint of S3 (free), and the interface endpoints an environment pays for. */
export function createEndpoints(
  name: string,
  args: NetworkArgs,
  vpc: aws.ec2.Vpc,
  subnets: Subnets,
  tables: RouteTables,
  parent: pulumi.Resource,
): void {
  new aws.ec2.VpcEndpoint(
    `${name}-s3`,
    {
      vpcId: vpc.id,
      vpcEndpointType: "Gateway",
      serviceName: `com.amazonaws.${args.region}.s3`,
      routeTableIds: Object.values(tables).map((table) => table.id),
      policy: s3Policy(args.accountId, args.region),
      tags: { Name: `${name}-s3` },
    },
    { parent },
  );
  if (args.settings.interfaceEndpoints.length === 0) return;
  const group = createEndpointGroup(name, args, vpc, parent);
  for (const service of args.settings.interfaceEndpoints) {
    new aws.ec2.VpcEndpoint(
      `${name}-${service.replace(".", "-")}`,
      {
        vpcId: vpc.id,
        vpcEndpointType: "Interface",
        serviceName: `com.amazonaws.${args.region}.${service}`,
        subnetIds: Object.values(subnets.private).map((subnet) => subnet.id),
        securityGroupIds: [group.id],
        privateDnsEnabled: true,
        policy: ownAccountPolicy(args.accountId),
        tags: { Name: `${name}-${service}` },
      },
      { parent },
    );
  }
}

function createEndpointGroup(
  name: string,
  args: NetworkArgs,
  vpc: aws.ec2.Vpc,
  parent: pulumi.Resource,
): aws.ec2.SecurityGroup {
  const group = new aws.ec2.SecurityGroup(
    `${name}-endpoints`,
    {
      vpcId: vpc.id,
      description: "Interface endpoints of AWS services",
      tags: { Name: `${name}-endpoints` },
    },
    { parent },
  );
  new aws.vpc.SecurityGroupIngressRule(
    `${name}-endpoints-https`,
    {
      securityGroupId: group.id,
      description: "HTTPS from inside the network",
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
      cidrIpv4: args.settings.cidr,
    },
    { parent },
  );
  return group;
}

/** Only principals of the own account: stolen keys of another account cannot carry data out through the endpoint. */
export function ownAccountPolicy(accountId: string): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "OwnAccountOnly",
        Effect: "Allow",
        Principal: "*",
        Action: "*",
        Resource: "*",
        Condition: { StringEquals: { "aws:PrincipalAccount": accountId } },
      },
    ],
  });
}

/** As above, and the bucket from which ECR serves image layers, which AWS reads with principals of its own. */
function s3Policy(accountId: string, region: string): string {
  const own = JSON.parse(ownAccountPolicy(accountId)) as { Statement: unknown[] };
  const layers = JSON.parse(
    toPolicyJson([
      {
        sid: "ImageLayers",
        principals: "*",
        actions: ["s3:GetObject"],
        resources: [`arn:aws:s3:::prod-${region}-starport-layer-bucket/*`],
      },
    ]),
  ) as { Statement: unknown[] };
  return JSON.stringify({ Version: "2012-10-17", Statement: [...own.Statement, ...layers.Statement] });
}
