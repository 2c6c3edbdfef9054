import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { createAlarms, createShareAlarms } from "../../base/alarms/index.ts";
import { foundationOptions } from "../../base/core/index.ts";
import { dropAlarm, portAlarm } from "./alarms.ts";
import type { NetworkArgs } from "./args.ts";
import type { RouteTables } from "./routing.ts";
import type { Subnets, SubnetsByZone } from "./subnets.ts";

interface Nat {
  readonly gateway: aws.ec2.NatGateway;
  /** Left out for a regional gateway, because AWS owns its addresses. */
  readonly address?: aws.ec2.Eip;
}

/**
 * NAT gateways and routes for the private subnets, with alarms for a gateway that is too small or faulty.
 *
 * @returns the source addresses that others see, in the order of zone ids. None for a regional gateway: AWS chooses its
 * addresses and changes them.
 */
export function createNat(
  name: string,
  args: NetworkArgs,
  vpc: aws.ec2.Vpc,
  subnets: Subnets,
  tables: RouteTables,
  parent: pulumi.Resource,
): readonly pulumi.Output<string>[] {
  const gateways = createGateways(name, args, vpc, subnets, parent);
  const [shared] = Object.values(gateways);
  for (const zone of Object.keys(subnets.private)) {
    const [table, nat] = [tables[zone], gateways[zone] ?? shared];
    if (!table || !nat) continue;
    new aws.ec2.Route(
      `${name}-private-${zone}-nat`,
      { routeTableId: table.id, destinationCidrBlock: "0.0.0.0/0", natGatewayId: nat.gateway.id },
      { parent },
    );
  }
  for (const [key, { gateway }] of Object.entries(gateways)) {
    const topic = { topicArn: args.alarmTopicArn };
    createAlarms(name, [portAlarm(key, gateway.id)], topic, parent);
    createShareAlarms(name, [dropAlarm(key, gateway.id)], topic, parent);
  }
  return Object.entries(gateways)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, { address }]) => (address ? [address.publicIp] : []));
}

/** By zone id, or one under the key "regional". */
function createGateways(
  name: string,
  args: NetworkArgs,
  vpc: aws.ec2.Vpc,
  subnets: Subnets,
  parent: pulumi.Resource,
): Readonly<Record<string, Nat>> {
  const { nat, zones } = args.settings;
  if (nat === "none") return {};
  if (nat === "regional") return { regional: { gateway: regionalGateway(`${name}-regional`, vpc, parent) } };
  return zonalGateways(
    name,
    args,
    nat === "single" ? lowestSlot(zones) : zones.map((z) => z.id),
    subnets.public,
    parent,
  );
}

/** One gateway that AWS spreads over the zones in use. It needs no public subnet and has its own addresses. */
function regionalGateway(logicalName: string, vpc: aws.ec2.Vpc, parent: pulumi.Resource): aws.ec2.NatGateway {
  return new aws.ec2.NatGateway(
    logicalName,
    {
      vpcId: vpc.id,
      availabilityMode: "regional",
      connectivityType: "public",
      tags: { Name: logicalName },
    },
    { parent },
  );
}

/** Independent of the order of the list, so that reordering zones moves no gateway. */
function lowestSlot(zones: NetworkArgs["settings"]["zones"]): string[] {
  return zones
    .toSorted((a, b) => a.slot - b.slot)
    .slice(0, 1)
    .map((zone) => zone.id);
}

function zonalGateways(
  name: string,
  args: NetworkArgs,
  zones: readonly string[],
  publicSubnets: SubnetsByZone,
  parent: pulumi.Resource,
): Readonly<Record<string, Nat>> {
  const pairs = zones.flatMap((zone): [string, Nat][] => {
    const subnet = publicSubnets[zone];
    if (!subnet) return [];
    const logicalName = `${name}-nat-${zone}`;
    const tags = { Name: logicalName };
    const address = new aws.ec2.Eip(
      logicalName,
      { domain: "vpc", tags },
      // Partners have the address in their allow-lists, and a released address cannot be claimed again.
      { parent, ...foundationOptions(args.removal) },
    );
    const gateway = new aws.ec2.NatGateway(
      logicalName,
      { subnetId: subnet.id, allocationId: address.allocationId, tags },
      { parent },
    );
    return [[zone, { gateway, address }]];
  });
  return Object.fromEntries(pairs);
}
