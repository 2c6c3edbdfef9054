import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { NetworkArgs, Subnets, SubnetsByZone } from "./network.ts";

/** Route tables by key: `public`, `data`, and one private table a zone. */
export type RouteTables = Readonly<Record<string, aws.ec2.RouteTable>>;

export function createRouting(
  name: string,
  args: NetworkArgs,
  vpc: aws.ec2.Vpc,
  subnets: Subnets,
  parent: pulumi.Resource,
): RouteTables {
  const gateway = new aws.ec2.InternetGateway(name, { vpcId: vpc.id, tags: { Name: name } }, { parent });
  const table = (key: string): aws.ec2.RouteTable =>
    new aws.ec2.RouteTable(`${name}-${key}`, { vpcId: vpc.id, tags: { Name: `${name}-${key}` } }, { parent });
  const associate = (
    key: string,
    zones: SubnetsByZone,
    tableOf: (zone: string) => aws.ec2.RouteTable,
  ): void => {
    for (const [zone, subnet] of Object.entries(zones)) {
      const ids = { subnetId: subnet.id, routeTableId: tableOf(zone).id };
      new aws.ec2.RouteTableAssociation(`${name}-${key}-${zone}`, ids, { parent });
    }
  };

  const publicTable = table("public");
  new aws.ec2.Route(
    `${name}-public-internet`,
    { routeTableId: publicTable.id, destinationCidrBlock: "0.0.0.0/0", gatewayId: gateway.id },
    { parent },
  );
  associate("public", subnets.public, () => publicTable);

  // No default route: what is stored cannot leave, and nothing outside can reach it.
  const dataTable = table("data");
  associate("data", subnets.data, () => dataTable);
  associate("control-plane", subnets.controlPlane, () => dataTable);

  const privateTables = Object.fromEntries(
    Object.keys(subnets.private).map((zone) => [zone, table(`private-${zone}`)]),
  );
  associate("private", subnets.private, (zone) => privateTables[zone] ?? dataTable);
  createNat(name, args, vpc, subnets, privateTables, parent);
  return { public: publicTable, data: dataTable, ...privateTables };
}

function createNat(
  name: string,
  args: NetworkArgs,
  vpc: aws.ec2.Vpc,
  subnets: Subnets,
  privateTables: RouteTables,
  parent: pulumi.Resource,
): void {
  const { nat, zones } = args.settings;
  if (nat === "none") return;
  const gateways =
    nat === "regional"
      ? {}
      : zonalGateways(
          name,
          nat === "single" ? lowestSlot(zones) : zones.map((z) => z.id),
          subnets.public,
          parent,
        );
  const regional =
    nat === "regional"
      ? new aws.ec2.NatGateway(
          `${name}-regional`,
          // One object that AWS spreads over the zones in use; it needs no public subnet and brings its own addresses.
          {
            vpcId: vpc.id,
            availabilityMode: "regional",
            connectivityType: "public",
            tags: { Name: `${name}-regional` },
          },
          { parent },
        )
      : undefined;
  const [shared] = Object.values(gateways);
  for (const [zone, table] of Object.entries(privateTables)) {
    const gateway = gateways[zone] ?? regional ?? shared;
    if (!gateway) continue;
    new aws.ec2.Route(
      `${name}-private-${zone}-nat`,
      { routeTableId: table.id, destinationCidrBlock: "0.0.0.0/0", natGatewayId: gateway.id },
      { parent },
    );
  }
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
