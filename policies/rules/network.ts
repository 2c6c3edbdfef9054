import { between, isTrue } from "../requirements.ts";
import { custom, never, overStack, pair, property } from "../rule.ts";
import type { Resource, Rule, Stack } from "../types.ts";
import { list, record, show, text } from "../values.ts";

const vpc = "aws:ec2/vpc:Vpc";
const subnet = "aws:ec2/subnet:Subnet";
const route = "aws:ec2/route:Route";
const association = "aws:ec2/routeTableAssociation:RouteTableAssociation";
const internetGateway = "aws:ec2/internetGateway:InternetGateway";

/** Where every address of the internet lies. */
export const anywhere = ["0.0.0.0/0", "::/0"];

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

export const networkRules: readonly Rule[] = [
  pair({
    id: "network-traffic-logged",
    controls: ["NET-01"],
    severity: "medium",
    of: vpc,
    partner: "aws:ec2/flowLog:FlowLog",
    by: "vpcId",
    partnerIs: (inputs) => inputs.trafficType === "ALL",
    wanted: 'a flow log with trafficType "ALL"',
    whatToDo: "add an aws.ec2.FlowLog for this network",
    pass: { trafficType: "ALL" },
    fail: { trafficType: "ACCEPT" },
  }),
  custom({
    id: "flow-log-destination-known",
    controls: ["NET-02"],
    severity: "medium",
    types: ["aws:ec2/flowLog:FlowLog"],
    whatToDo: "name a bucket or a log group of this stack, and the role that writes to the log group",
    check: ({ logDestination, logDestinationType, iamRoleArn, logGroupName }) => {
      const toGroup = (logDestinationType ?? "cloud-watch-logs") === "cloud-watch-logs";
      return [
        ...(logDestination || logGroupName
          ? []
          : ["logDestination: got nothing; allowed: a bucket or a log group"]),
        ...(toGroup && !iamRoleArn ? ["iamRoleArn: got nothing; allowed: the role that delivers"] : []),
      ];
    },
    pass: { logDestinationType: "s3", logDestination: "arn:aws:s3:::flow-logs" },
    fail: {
      logDestinationType: "cloud-watch-logs",
      logDestination: "arn:aws:logs:us-east-1:111122223333:log-group:flow",
    },
  }),
  property({
    id: "flow-log-prompt",
    controls: ["NET-03"],
    severity: "low",
    types: ["aws:ec2/flowLog:FlowLog"],
    path: "maxAggregationInterval",
    is: { dev: between(60, 600), staging: between(60, 600), prod: between(60, 60), dr: between(60, 600) },
    whatToDo: "set 60 seconds in prod, so that a detection does not wait ten minutes for its data",
  }),
  pair({
    id: "network-default-group-emptied",
    controls: ["NET-04"],
    severity: "high",
    of: vpc,
    partner: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
    by: "vpcId",
    partnerIs: ({ ingress, egress }) => list(ingress).length === 0 && list(egress).length === 0,
    wanted: "its default security group adopted with ingress [] and egress []",
    whatToDo: "adopt it by aws.ec2.DefaultSecurityGroup, so that what forgets a group gets no traffic",
    pass: { ingress: [], egress: [] },
    fail: { ingress: [{ protocol: "-1", self: true, fromPort: 0, toPort: 0 }] },
  }),
  never({
    id: "network-not-default",
    controls: ["NET-05"],
    severity: "high",
    types: ["aws:ec2/defaultVpc:DefaultVpc", "aws:ec2/defaultSubnet:DefaultSubnet"],
    whatToDo: "use the project's own network: the default one gives out public addresses",
  }),
  property({
    id: "network-resolves-names",
    controls: ["NET-07"],
    severity: "high",
    types: [vpc],
    path: "enableDnsSupport",
    is: isTrue,
    whatToDo: "turn it on: private endpoints are found by name",
  }),
  property({
    id: "network-gives-names",
    controls: ["NET-07"],
    severity: "high",
    types: [vpc],
    path: "enableDnsHostnames",
    is: isTrue,
    whatToDo: "turn it on: the private endpoint of the cluster needs it",
  }),
  overStack({
    id: "network-spans-zones",
    controls: ["NET-08"],
    severity: "high",
    whatToDo: "add a subnet of the tier in another zone",
    check: (stack, { environment }) => {
      const least = environment === "dev" ? 2 : 3;
      return stack.of(vpc).flatMap((network) => {
        const own = stack.of(subnet).filter((one) => stack.linked(one, "vpcId", network));
        // A tier is what has the same name but for the zone.
        const tiers = Map.groupBy(own, (one) => one.name.replace(zoneOf(one), "*"));
        return [...tiers].flatMap(([tier, members]) => {
          const zones = new Set(members.map(zoneOf).filter((zone) => zone !== ""));
          if (zones.size >= least) return [];
          const message = `tier ${tier}: got ${zones.size} zones; allowed: ${least} or more`;
          return [{ resource: network, message }];
        });
      });
    },
    pass: [
      { type: vpc, id: "vpc" },
      ...["use1-az1", "use1-az2", "use1-az4"].map((zone) => ({
        type: subnet,
        name: `main-data-${zone}`,
        inputs: { vpcId: "vpc", availabilityZoneId: zone },
      })),
    ],
    fail: [
      { type: vpc, id: "vpc" },
      ...["use1-az1"].map((zone) => ({
        type: subnet,
        name: `main-data-${zone}`,
        inputs: { vpcId: "vpc", availabilityZoneId: zone },
      })),
    ],
    missing: [
      { type: vpc, id: "vpc" },
      { type: subnet, name: "main-data", inputs: { vpcId: "vpc" } },
    ],
  }),
  overStack({
    id: "subnet-private-unreachable",
    controls: ["NET-12"],
    severity: "critical",
    missingIs: "right",
    whatToDo: "associate the subnet with a table without a route to an internet gateway",
    check: (stack) =>
      publicSubnets(stack)
        // Public on purpose: load balancers look for this tag.
        .filter((one) => text(record(one.inputs.tags)["kubernetes.io/role/elb"]) !== "1")
        .map((resource) => ({
          resource,
          message:
            "got a default route to an internet gateway; allowed: only in subnets tagged for public load balancers",
        })),
    pass: publicSubnetExample("subnet").map((entry) =>
      entry.id === "subnet" ? { ...entry, inputs: { tags: { "kubernetes.io/role/elb": "1" } } } : entry,
    ),
    fail: publicSubnetExample("subnet"),
    missing: [{ type: subnet }],
  }),
  custom({
    id: "subnet-public-address-withheld",
    controls: ["NET-12", "NG-07"],
    severity: "high",
    types: [subnet],
    missingIs: "right",
    whatToDo: "set mapPublicIpOnLaunch: false",
    check: ({ mapPublicIpOnLaunch }) =>
      mapPublicIpOnLaunch === true ? ["mapPublicIpOnLaunch: got true; allowed: false"] : [],
    pass: { mapPublicIpOnLaunch: false },
    fail: { mapPublicIpOnLaunch: true },
  }),
  overStack({
    id: "subnets-found-by-load-balancers",
    controls: ["NET-37"],
    severity: "medium",
    whatToDo:
      'tag public subnets kubernetes.io/role/elb and node subnets kubernetes.io/role/internal-elb, both "1"',
    check: (stack) => {
      const open = new Set(publicSubnets(stack));
      const nodes = stack
        .of(subnet)
        .filter((one) =>
          stack.of("aws:eks/nodeGroup:NodeGroup").some((group) => stack.linked(group, "subnetIds", one)),
        );
      const wanted = [
        ...[...open].map((one) => ({ one, tag: "kubernetes.io/role/elb" })),
        ...nodes
          .filter((one) => !open.has(one))
          .map((one) => ({ one, tag: "kubernetes.io/role/internal-elb" })),
      ];
      return wanted.flatMap(({ one, tag }) => {
        const got = record(one.inputs.tags)[tag];
        return text(got) === "1"
          ? []
          : [{ resource: one, message: `tags["${tag}"]: got ${show(got)}; allowed: "1"` }];
      });
    },
    pass: [
      { type: subnet, id: "nodes", inputs: { tags: { "kubernetes.io/role/internal-elb": "1" } } },
      { type: "aws:eks/nodeGroup:NodeGroup", inputs: { subnetIds: ["nodes"] } },
    ],
    fail: [
      { type: subnet, id: "nodes", inputs: { tags: { "kubernetes.io/role/internal-elb": "0" } } },
      { type: "aws:eks/nodeGroup:NodeGroup", inputs: { subnetIds: ["nodes"] } },
    ],
    missing: publicSubnetExample("subnet"),
  }),
];
