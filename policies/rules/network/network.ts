import {
  between,
  custom,
  declared,
  isTrue,
  list,
  never,
  overStack,
  pair,
  production,
  property,
  type Resource,
  type Rule,
  type Stack,
  texts,
  unless,
  zoneOf,
} from "../../kit/index.ts";

const vpc = "aws:ec2/vpc:Vpc";
const subnet = "aws:ec2/subnet:Subnet";
const exclusion = "aws:ec2/vpcBlockPublicAccessExclusion:VpcBlockPublicAccessExclusion";
const balancer = "aws:lb/loadBalancer:LoadBalancer";

/** Subnets in which the internet reaches a load balancer. */
function entrances(stack: Stack): readonly Resource[] {
  const open = stack.of(balancer).filter(({ inputs }) => inputs.internal !== true);
  return stack.of(subnet).filter((one) => open.some((entrance) => stack.linked(entrance, "subnets", one)));
}

/** A public load balancer in one subnet, and an exclusion of that subnet, another one or a whole network. */
function entranceAnd(excluded: Readonly<Record<string, unknown>>) {
  return [
    { type: subnet, name: "public" },
    { type: balancer, name: "entrance", inputs: { internal: false, subnets: ["public"] } },
    { type: exclusion, name: "excluded", inputs: excluded },
  ];
}

const right = { subnetId: "public", internetGatewayExclusionMode: "allow-bidirectional" };

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
        ...unless(
          Boolean(logDestination || logGroupName),
          "logDestination: got nothing; allowed: a bucket or a log group",
        ),
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
    whatToDo:
      "adopt it with aws.ec2.DefaultSecurityGroup: a resource that names no security group then gets no traffic",
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
        // Subnets of one tier have the same name except for the zone.
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
  declared({
    id: "network-public-access-blocked",
    controls: ["NET-34"],
    severity: "low",
    environments: production,
    type: "aws:ec2/vpcBlockPublicAccessOptions:VpcBlockPublicAccessOptions",
    is: ({ internetGatewayBlockMode }) =>
      texts(internetGatewayBlockMode).some((mode) => mode.startsWith("block-")),
    wanted: 'internetGatewayBlockMode "block-ingress"',
    whatToDo: "block ingress, and exclude the subnets of the load balancer by name",
    pass: { internetGatewayBlockMode: "block-ingress" },
    fail: { internetGatewayBlockMode: "off" },
  }),
  overStack({
    id: "entrance-excluded-from-block",
    controls: ["NET-34"],
    severity: "high",
    whatToDo: "exclude the subnet in both directions, before anybody in the account turns the block on",
    check: (stack) =>
      entrances(stack)
        .filter(
          (one) =>
            !stack
              .of(exclusion)
              .some(
                (other) =>
                  stack.linked(other, "subnetId", one) &&
                  other.inputs.internetGatewayExclusionMode === "allow-bidirectional",
              ),
        )
        .map((resource) => ({ resource, message: "exclusion: got none; allowed: allow-bidirectional" })),
    pass: entranceAnd(right),
    fail: entranceAnd({ ...right, internetGatewayExclusionMode: "allow-egress" }),
    missing: entranceAnd({}),
  }),
  overStack({
    id: "exclusion-of-entrance-only",
    controls: ["NET-34"],
    severity: "high",
    whatToDo: "exclude only the subnets of the load balancer, one by one",
    check: (stack) =>
      stack
        .of(exclusion)
        .filter((one) => !entrances(stack).some((open) => stack.linked(one, "subnetId", open)))
        .map((resource) => ({
          resource,
          message: "subnetId: got another subnet; allowed: a subnet of a public load balancer",
        })),
    pass: entranceAnd(right),
    fail: entranceAnd({ vpcId: "network", internetGatewayExclusionMode: "allow-bidirectional" }),
    missing: entranceAnd({}),
  }),
];
