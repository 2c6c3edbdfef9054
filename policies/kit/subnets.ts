import type { ExampleResource, Resource, Stack } from "./types.ts";
import { record, text } from "./values.ts";

const subnet = "aws:ec2/subnet:Subnet";
const route = "aws:ec2/route:Route";
const association = "aws:ec2/routeTableAssociation:RouteTableAssociation";
const internetGateway = "aws:ec2/internetGateway:InternetGateway";

/** Where every address of the internet lies. */
export const anywhere = ["0.0.0.0/0", "::/0"];

/** No owner has a range this wide: two of 0.0.0.0/1 and 128.0.0.0/1 are the whole internet. */
const widestPrefix = { v4: 8, v6: 16 };

/** Whether a range is the internet or a large part of it. */
export function isAnywhere(range: string): boolean {
  const prefix = Number(/\/(\d+)$/.exec(range)?.[1] ?? Number.NaN);
  return prefix < (range.includes(":") ? widestPrefix.v6 : widestPrefix.v4);
}

/** Tables that a default route leads to an internet gateway from. */
function publicTables(stack: Stack): readonly Resource[] {
  const open = stack
    .of(route)
    .filter((entry) =>
      stack.of(internetGateway).some((gateway) => stack.linked(entry, "gatewayId", gateway)),
    );
  return stack
    .of("aws:ec2/routeTable:RouteTable")
    .filter((table) => open.some((entry) => stack.linked(entry, "routeTableId", table)));
}

/** Subnets whose table has a default route to an internet gateway. */
export function publicSubnets(stack: Stack): readonly Resource[] {
  const tables = publicTables(stack);
  return stack
    .of(subnet)
    .filter((one) =>
      stack
        .of(association)
        .some(
          (entry) =>
            stack.linked(entry, "subnetId", one) &&
            tables.some((table) => stack.linked(entry, "routeTableId", table)),
        ),
    );
}

/** Zone of a subnet, by whichever name it was given. */
export function zoneOf(resource: Resource): string {
  return text(resource.inputs.availabilityZoneId) || text(resource.inputs.availabilityZone);
}

/** Distinct zones of the subnets that a property names. */
export function zonesOf(stack: Stack, resource: Resource, property: string): readonly string[] {
  const subnets = stack.of(subnet).filter((one) => stack.linked(resource, property, one));
  return [...new Set(subnets.map(zoneOf))];
}

/** What a subnet is for. The network block writes it into a tag with the name of the platform and "/tier". */
export const tiers = ["public", "private", "data", "control-plane"] as const;

export type Tier = (typeof tiers)[number];

/** Word in the tag of the tier; undefined without the tag. */
export function tierTag({ inputs }: Pick<Resource, "inputs">): unknown {
  return Object.entries(record(inputs.tags)).find(([key]) => key.endsWith("/tier"))?.[1];
}

/** Tier of a subnet by its tag; undefined without the tag, or with another word in it. */
export function tierOf(resource: Pick<Resource, "inputs">): Tier | undefined {
  const tag = tierTag(resource);
  return tiers.find((tier) => tier === tag);
}

/** Properties by which a resource names subnets of the stack, at any depth, with those subnets. */
export function placements(
  stack: Stack,
  resource: Resource,
): readonly { readonly property: string; readonly subnets: readonly Resource[] }[] {
  const properties = new Set([
    ...Object.keys(resource.inputs),
    ...Object.keys(resource.options.propertyDependencies),
  ]);
  return [...properties].flatMap((property) => {
    const subnets = stack.of(subnet).filter((one) => stack.linked(resource, property, one));
    return subnets.length === 0 ? [] : [{ property, subnets }];
  });
}

/** Private subnets for examples, one in each zone, with the zone as name and id. */
export function subnetsIn(...zones: readonly string[]): readonly ExampleResource[] {
  return zones.map((zone) => ({ type: subnet, name: zone, inputs: { availabilityZoneId: zone } }));
}

/** A public subnet as examples need it: gateway, table, route, subnet, association. */
export function publicSubnetExample(subnetId: string) {
  return [
    { type: internetGateway, id: "gateway" },
    { type: "aws:ec2/routeTable:RouteTable", id: "public-table" },
    {
      type: route,
      inputs: { routeTableId: "public-table", destinationCidrBlock: "0.0.0.0/0", gatewayId: "gateway" },
    },
    { type: subnet, id: subnetId, inputs: { availabilityZoneId: "use1-az1" } },
    { type: association, inputs: { subnetId, routeTableId: "public-table" } },
  ];
}
