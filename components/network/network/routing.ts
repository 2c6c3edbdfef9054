import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Subnets, SubnetsByZone } from "./subnets.ts";

/** Route tables by key: `public`, `data`, and one private table per zone id. */
export type RouteTables = Readonly<Record<string, aws.ec2.RouteTable>>;

export function createRouting(
  name: string,
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

  // No default route: data cannot leave, and nothing outside the network can reach it.
  const dataTable = table("data");
  associate("data", subnets.data, () => dataTable);
  associate("control-plane", subnets.controlPlane, () => dataTable);

  const privateTables = Object.fromEntries(
    Object.keys(subnets.private).map((zone) => [zone, table(`private-${zone}`)]),
  );
  associate("private", subnets.private, (zone) => privateTables[zone] ?? dataTable);
  return { public: publicTable, data: dataTable, ...privateTables };
}
