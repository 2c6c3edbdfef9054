import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { createAlarms, createShareAlarms } from "../../base/alarms/index.ts";
import { foundationOptions } from "../../base/core/index.ts";
import { dropAlarm, portAlarm } from "./alarm-specs.ts";
import type { NetworkArgs, Subnets, SubnetsByZone } from "./network.ts";
import type { RouteTables } from "./routing.ts";

/** A gateway, and its address where it is ours. */
interface WayOut {
  readonly gateway: aws.ec2.NatGateway;
  readonly address?: aws.ec2.Eip;
}

/**
 * The way out of the private subnets, and what tells of a gateway that is too small or ill.
 *
 * @returns the addresses that others see us come from, by zone id; none of a regional gateway, which takes and gives back
 * addresses as AWS chooses.
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
    const [table, way] = [tables[zone], gateways[zone] ?? shared];
    if (!table || !way) continue;
    new aws.ec2.Route(
      `${name}-private-${zone}-nat`,
      { routeTableId: table.id, destinationCidrBlock: "0.0.0.0/0", natGatewayId: way.gateway.id },
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

/** By zone, or one under "regional". */
function createGateways(
  name: string,
  args: NetworkArgs,
  vpc: aws.ec2.Vpc,
  subnets: Subnets,
  parent: pulumi.Resource,
): Readonly<Record<string, WayOut>> {
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

/** One object that AWS spreads over the zones in use; it needs no public subnet and brings its own addresses. */
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

/** The same zone whatever the order of the list, so that reordering zones moves no gateway. */
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
): Readonly<Record<string, WayOut>> {
  const pairs = zones.flatMap((zone): [string, WayOut][] => {
    const subnet = publicSubnets[zone];
    if (!subnet) return [];
    const logicalName = `${name}-nat-${zone}`;
    const tags = { Name: logicalName };
    const address = new aws.ec2.Eip(
      logicalName,
      { domain: "vpc", tags },
      // It is in allow-lists of others, and one that is released never comes back.
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
