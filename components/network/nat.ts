import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { createAlarms, createShareAlarms } from "../alarms/index.ts";
import { dropAlarm, portAlarm } from "./alarm-specs.ts";
import type { NetworkArgs, Subnets, SubnetsByZone } from "./network.ts";
import type { RouteTables } from "./routing.ts";

/** The way out of the private subnets, and what tells of a gateway that is too small or ill. */
export function createNat(
  name: string,
  args: NetworkArgs,
  vpc: aws.ec2.Vpc,
  subnets: Subnets,
  tables: RouteTables,
  parent: pulumi.Resource,
): void {
  const gateways = createGateways(name, args, vpc, subnets, parent);
  const [shared] = Object.values(gateways);
  for (const zone of Object.keys(subnets.private)) {
    const [table, gateway] = [tables[zone], gateways[zone] ?? shared];
    if (!table || !gateway) continue;
    new aws.ec2.Route(
      `${name}-private-${zone}-nat`,
      { routeTableId: table.id, destinationCidrBlock: "0.0.0.0/0", natGatewayId: gateway.id },
      { parent },
    );
  }
  for (const [key, gateway] of Object.entries(gateways)) {
    const topic = { topicArn: args.alarmTopicArn };
    createAlarms(name, [portAlarm(key, gateway.id)], topic, parent);
    createShareAlarms(name, [dropAlarm(key, gateway.id)], topic, parent);
  }
}

/** By zone, or one under "regional". */
function createGateways(
  name: string,
  { settings }: NetworkArgs,
  vpc: aws.ec2.Vpc,
  subnets: Subnets,
  parent: pulumi.Resource,
): Readonly<Record<string, aws.ec2.NatGateway>> {
  const { nat, zones } = settings;
  if (nat === "none") return {};
  if (nat === "regional") return { regional: regionalGateway(`${name}-regional`, vpc, parent) };
  return zonalGateways(
    name,
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
  zones: readonly string[],
  publicSubnets: SubnetsByZone,
  parent: pulumi.Resource,
): Readonly<Record<string, aws.ec2.NatGateway>> {
  const pairs = zones.flatMap((zone): [string, aws.ec2.NatGateway][] => {
    const subnet = publicSubnets[zone];
    if (!subnet) return [];
    const logicalName = `${name}-nat-${zone}`;
    const tags = { Name: logicalName };
    const address = new aws.ec2.Eip(logicalName, { domain: "vpc", tags }, { parent });
    return [
      [
        zone,
        new aws.ec2.NatGateway(
          logicalName,
          { subnetId: subnet.id, allocationId: address.allocationId, tags },
          { parent },
        ),
      ],
    ];
  });
  return Object.fromEntries(pairs);
}
