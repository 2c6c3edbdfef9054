import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { foundationOptions, refuse } from "../../base/core/index.ts";
import type { NetworkArgs } from "./args.ts";
import { checkNetworkSettings } from "./check.ts";
import { createEndpoints } from "./endpoints.ts";
import { createNat } from "./nat.ts";
import { createPublicAccess } from "./public-access.ts";
import { createRouting } from "./routing.ts";
import { createSubnets, type SubnetsByZone } from "./subnets.ts";

/** Subnet ids by zone id. */
type SubnetIds = Readonly<Record<string, pulumi.Output<string>>>;

/**
 * A VPC with public, private and data subnets in every zone, and a small subnet for the control plane's interfaces.
 *
 * Guarantees: no subnet assigns public addresses, data subnets have no route out, the default security group allows
 * nothing, all traffic is logged, and only the public subnets are excluded from a block of public access.
 * Replaced by: `cidr`, which replaces everything. A new zone replaces nothing.
 */
export class Network extends pulumi.ComponentResource {
  readonly vpcId: pulumi.Output<string>;
  readonly publicSubnetIds: SubnetIds;
  readonly privateSubnetIds: SubnetIds;
  readonly dataSubnetIds: SubnetIds;
  readonly controlPlaneSubnetIds: SubnetIds;
  /** Source addresses that others see, in the order of zone ids; empty with a regional gateway or none. */
  readonly natAddresses: readonly pulumi.Output<string>[];

  constructor(name: string, args: NetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    super("task-platform:network:Network", name, {}, opts);
    refuse(`network "${name}"`, checkNetworkSettings(args.settings, args.region), this);

    const vpc = createVpc(name, args, this);
    const subnets = createSubnets(name, args, vpc, this);
    const tables = createRouting(name, vpc, subnets, this);
    this.natAddresses = createNat(name, args, vpc, subnets, tables, this);
    createPublicAccess(name, args, subnets.public, this);
    createEndpoints(name, args, vpc, subnets, tables, this);
    createDataAcl(name, args, vpc, subnets.data, this);
    createFlowLog(name, args, vpc, this);

    this.vpcId = vpc.id;
    this.publicSubnetIds = ids(subnets.public);
    this.privateSubnetIds = ids(subnets.private);
    this.dataSubnetIds = ids(subnets.data);
    this.controlPlaneSubnetIds = ids(subnets.controlPlane);
    this.registerOutputs({ vpcId: this.vpcId });
  }
}

function ids(subnets: SubnetsByZone): SubnetIds {
  return Object.fromEntries(Object.entries(subnets).map(([zone, subnet]) => [zone, subnet.id]));
}

function createVpc(name: string, args: NetworkArgs, parent: Network): aws.ec2.Vpc {
  const vpc = new aws.ec2.Vpc(
    name,
    // The cluster's private API endpoint and interface endpoints need both DNS settings.
    { cidrBlock: args.settings.cidr, enableDnsSupport: true, enableDnsHostnames: true, tags: { Name: name } },
    { parent, ...foundationOptions(args.removal) },
  );
  // Adopted so that nothing can use it by accident: no rule in, no rule out.
  new aws.ec2.DefaultSecurityGroup(`${name}-default`, { vpcId: vpc.id, ingress: [], egress: [] }, { parent });
  return vpc;
}

/** A second, stateless limit for the data tier: only addresses of the network, whatever a security group allows. */
function createDataAcl(
  name: string,
  args: NetworkArgs,
  vpc: aws.ec2.Vpc,
  data: SubnetsByZone,
  parent: Network,
): void {
  const rule = {
    ruleNo: 100,
    action: "allow",
    protocol: "-1",
    fromPort: 0,
    toPort: 0,
    cidrBlock: args.settings.cidr,
  };
  new aws.ec2.NetworkAcl(
    `${name}-data`,
    {
      vpcId: vpc.id,
      subnetIds: Object.values(data).map((subnet) => subnet.id),
      ingress: [rule],
      egress: [rule],
      tags: { Name: `${name}-data` },
    },
    { parent },
  );
}

function createFlowLog(name: string, args: NetworkArgs, vpc: aws.ec2.Vpc, parent: Network): void {
  new aws.ec2.FlowLog(
    `${name}-flow-log`,
    {
      vpcId: vpc.id,
      trafficType: "ALL",
      logDestinationType: "s3",
      logDestination: args.flowLogBucketArn,
      maxAggregationInterval: args.settings.flowLogs.aggregationSeconds,
      // Hourly Parquet files cost a tenth of text to store and to query.
      destinationOptions: { fileFormat: "parquet", hiveCompatiblePartitions: true, perHourPartition: true },
    },
    { parent },
  );
}
