import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { type Statement, toPolicyJson } from "../../base/core/index.ts";
import type { NetworkArgs } from "./args.ts";
import type { RouteTables } from "./routing.ts";
import type { Subnets } from "./subnets.ts";

/** The gateway endpoint of S3, which is free, and the interface endpoints that an environment pays for. */
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
      policy: toPolicyJson(s3Statements(args.accountId, args.region)),
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
        policy: toPolicyJson([ownAccountOnly(args.accountId)]),
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

/** Bucket of a region (kubernetes/registry.k8s.io, cmd/archeio/internal/app/buckets.go). One of our regions has another name. */
function kubernetesLayerBucket(region: string): string {
  const name =
    region === "eu-west-2" ? "767373bbdcb8270361b96548387bf2a9ad0d48758c35" : "prod-registry-k8s-io";
  return `${name}-${region}`;
}

/** Only principals of our own account: keys of another account cannot carry data out through the endpoint. */
function ownAccountOnly(accountId: string): Statement {
  return {
    sid: "OwnAccountOnly",
    principals: "*",
    actions: ["*"],
    resources: ["*"],
    conditions: { StringEquals: { "aws:PrincipalAccount": accountId } },
  };
}

/**
 * Also allows the buckets with image layers, which nodes read without credentials of ours: that of ECR, and that of the
 * registry of the Kubernetes project, which sends clients in AWS to a bucket of their region.
 */
function s3Statements(accountId: string, region: string): readonly Statement[] {
  return [
    ownAccountOnly(accountId),
    {
      sid: "ImageLayers",
      principals: "*",
      actions: ["s3:GetObject"],
      resources: [
        `arn:aws:s3:::prod-${region}-starport-layer-bucket/*`,
        `arn:aws:s3:::${kubernetesLayerBucket(region)}/*`,
      ],
    },
  ];
}
