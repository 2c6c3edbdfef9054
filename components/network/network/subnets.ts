import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { foundationOptions, platform } from "../../base/core/index.ts";
import type { NetworkArgs } from "./args.ts";
import { planSubnets, type SubnetPlan, type Tier } from "./subnet-plan.ts";

/** Subnets of one tier by zone id. */
export type SubnetsByZone = Readonly<Record<string, aws.ec2.Subnet>>;
export type Subnets = Readonly<Record<Tier, SubnetsByZone>>;

export function createSubnets(
  name: string,
  args: NetworkArgs,
  vpc: aws.ec2.Vpc,
  parent: pulumi.Resource,
): Subnets {
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

function createSubnet(
  name: string,
  args: NetworkArgs,
  vpc: aws.ec2.Vpc,
  plan: SubnetPlan,
  parent: pulumi.Resource,
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
      // Policy rules read the tier from this tag, because a name is no statement.
      tags: {
        Name: logicalName,
        [`${platform.name}/tier`]: role,
        ...discoveryTags(plan.tier, args.clusterName),
      },
    },
    { parent, ...foundationOptions(args.removal) },
  );
  if (plan.reservation) {
    // Keeps whole /28 blocks free for prefix delegation; a fragmented subnet may have none left.
    new aws.ec2.SubnetCidrReservation(
      `${logicalName}-prefixes`,
      { subnetId: subnet.id, cidrBlock: plan.reservation, reservationType: "prefix" },
      { parent },
    );
  }
  return subnet;
}

/** Load balancer controllers find subnets by these tags; without them they report only "no subnet found". */
function discoveryTags(tier: Tier, clusterName: string): Record<string, string> {
  const cluster = { [`kubernetes.io/cluster/${clusterName}`]: "shared" };
  if (tier === "public") return { "kubernetes.io/role/elb": "1", ...cluster };
  if (tier === "private") return { "kubernetes.io/role/internal-elb": "1", ...cluster };
  return {};
}
