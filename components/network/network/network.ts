import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { foundationOptions, type Removal, refuse } from "../../base/core/index.ts";
import { checkNetworkSettings } from "./check-settings.ts";
import { createEndpoints } from "./endpoints.ts";
import { createNat } from "./nat.ts";
import { createPublicAccess } from "./public-access.ts";
import { createRouting } from "./routing.ts";
import type { NetworkSettings } from "./settings.ts";
import { planSubnets, type SubnetPlan, type Tier } from "./subnet-plan.ts";

export interface NetworkArgs {
  readonly settings: NetworkSettings;
  readonly accountId: string;
  readonly region: string;
  /** Cluster whose load balancers and nodes find their subnets by tag. */
  readonly clusterName: string;
  readonly removal: Removal;
  /** Bucket that takes the flow logs. */
  readonly flowLogBucketArn: pulumi.Input<string>;
  /** Hears when a NAT gateway runs out of ports or drops packets. */
  readonly alarmTopicArn: pulumi.Input<string>;
}

/** Subnet ids by zone id. */
export type SubnetIds = Readonly<Record<string, pulumi.Output<string>>>;

/**
 * A VPC with public, private and data subnets in every zone, and a small subnet for the control plane's interfaces.
 *
 * Guarantees: no subnet hands out public addresses, data subnets have no route out, the default security group admits
 * nothing, all traffic is logged, and only the public subnets are excluded from a block of public access. Changing `cidr` replaces everything; adding a zone replaces nothing.
 */
export class Network extends pulumi.ComponentResource {
  readonly vpcId: pulumi.Output<string>;
  readonly publicSubnetIds: SubnetIds;
  readonly privateSubnetIds: SubnetIds;
  readonly dataSubnetIds: SubnetIds;
  readonly controlPlaneSubnetIds: SubnetIds;
  /** What others see us come from, in the order of zone ids; empty with a regional gateway or none. */
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

export type SubnetsByZone = Readonly<Record<string, aws.ec2.Subnet>>;
export type Subnets = Readonly<Record<Tier, SubnetsByZone>>;

function ids(subnets: SubnetsByZone): SubnetIds {
  return Object.fromEntries(Object.entries(subnets).map(([zone, subnet]) => [zone, subnet.id]));
}

function createVpc(name: string, args: NetworkArgs, parent: Network): aws.ec2.Vpc {
  const vpc = new aws.ec2.Vpc(
    name,
    // Both are needed by the private API endpoint of the cluster and by interface endpoints.
    { cidrBlock: args.settings.cidr, enableDnsSupport: true, enableDnsHostnames: true, tags: { Name: name } },
    { parent, ...foundationOptions(args.removal) },
  );
  // Adopted so that nothing can use it by accident: no rule in, no rule out.
  new aws.ec2.DefaultSecurityGroup(`${name}-default`, { vpcId: vpc.id, ingress: [], egress: [] }, { parent });
  return vpc;
}

function createSubnets(name: string, args: NetworkArgs, vpc: aws.ec2.Vpc, parent: Network): Subnets {
  const plan = planSubnets(args.settings.cidr, args.settings.zones);
  const tier = (wanted: Tier): SubnetsByZone =>
    Object.fromEntries(
      plan
        .filter((entry) => entry.tier === wanted)
        .map((entry) => [entry.zoneId, createSubnet(name, args, vpc, entry, parent)]),
    );
  return {
    public: tier("public"),
    private: tier("private"),
    data: tier("data"),
    controlPlane: tier("controlPlane"),
  };
}

/** How load balancer controllers find subnets; without the tags they say only "no subnet found". */
function discoveryTags(tier: Tier, clusterName: string): Record<string, string> {
  if (tier === "public")
    return { "kubernetes.io/role/elb": "1", [`kubernetes.io/cluster/${clusterName}`]: "shared" };
  if (tier === "private")
    return { "kubernetes.io/role/internal-elb": "1", [`kubernetes.io/cluster/${clusterName}`]: "shared" };
  return {};
}

function createSubnet(
  name: string,
  args: NetworkArgs,
  vpc: aws.ec2.Vpc,
  plan: SubnetPlan,
  parent: Network,
): aws.ec2.Subnet {
  const role = plan.tier === "controlPlane" ? "control-plane" : plan.tier;
  const logicalName = `${name}-${role}-${plan.zoneId}`;
  const subnet = new aws.ec2.Subnet(
    logicalName,
    {
      vpcId: vpc.id,
      availabilityZoneId: plan.zoneId,
      cidrBlock: plan.cidr,
      mapPublicIpOnLaunch: false,
      tags: { Name: logicalName, ...discoveryTags(plan.tier, args.clusterName) },
    },
    { parent, ...foundationOptions(args.removal) },
  );
  if (plan.reservation) {
    // Keeps whole /28 blocks free for prefix delegation; a fragmented subnet cannot give a single one.
    new aws.ec2.SubnetCidrReservation(
      `${logicalName}-prefixes`,
      { subnetId: subnet.id, cidrBlock: plan.reservation, reservationType: "prefix" },
      { parent },
    );
  }
  return subnet;
}

/** Stateless second fence of the data tier: only addresses of the network, whatever a security group says. */
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
      // Parquet by the hour is a tenth of the text to store and to query.
      destinationOptions: { fileFormat: "parquet", hiveCompatiblePartitions: true, perHourPartition: true },
    },
    { parent },
  );
}
