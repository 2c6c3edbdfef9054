import {
  anywhere,
  custom,
  isTrue,
  mismatch,
  overStack,
  property,
  type Rule,
  text,
  unless,
} from "../../kit/index.ts";

const route = "aws:ec2/route:Route";

function isInternet(inputs: Readonly<Record<string, unknown>>): boolean {
  return anywhere.includes(text(inputs.destinationCidrBlock) || text(inputs.destinationIpv6CidrBlock));
}

export const routeRules: readonly Rule[] = [
  custom({
    id: "route-peering-narrow",
    controls: ["NET-35"],
    severity: "medium",
    types: [route],
    missingIs: "right",
    whatToDo: "name the ranges of the other network",
    check: (inputs) =>
      inputs.vpcPeeringConnectionId !== undefined && isInternet(inputs)
        ? [mismatch("destinationCidrBlock", inputs.destinationCidrBlock, "the ranges of the peer")]
        : [],
    pass: { vpcPeeringConnectionId: "pcx-1", destinationCidrBlock: "10.9.0.0/16" },
    fail: { vpcPeeringConnectionId: "pcx-1", destinationCidrBlock: "0.0.0.0/0" },
    missing: { destinationCidrBlock: "10.9.0.0/16" },
  }),
  custom({
    id: "route-not-through-instance",
    controls: ["NET-10"],
    severity: "medium",
    types: [route],
    whatToDo:
      "point the default route at a NAT gateway; only the public route table may use the internet gateway",
    check: (inputs) => {
      if (!isInternet(inputs)) return [];
      const known = ["natGatewayId", "gatewayId", "egressOnlyGatewayId", "transitGatewayId"];
      return unless(
        known.some((key) => inputs[key] !== undefined && inputs[key] !== ""),
        mismatch("target", inputs.networkInterfaceId, known.join(", ")),
      );
    },
    pass: { destinationCidrBlock: "0.0.0.0/0", natGatewayId: "nat-1" },
    fail: { destinationCidrBlock: "0.0.0.0/0", networkInterfaceId: "eni-1" },
    missing: { destinationCidrBlock: "0.0.0.0/0" },
  }),
  overStack({
    id: "address-used",
    controls: ["NET-39"],
    severity: "low",
    whatToDo:
      "remove the address, or give it to a NAT gateway or a load balancer: an unused address costs money",
    check: (stack) =>
      stack
        .of("aws:ec2/eip:Eip")
        .filter(
          (address) =>
            !stack
              .of("aws:ec2/natGateway:NatGateway", "aws:lb/loadBalancer:LoadBalancer")
              .some((user) =>
                ["allocationId", "subnetMappings"].some((key) => stack.linked(user, key, address)),
              ),
        )
        .map((resource) => ({ resource, message: "got no user; allowed: a NAT gateway or a load balancer" })),
    pass: [
      { type: "aws:ec2/eip:Eip", id: "address" },
      { type: "aws:ec2/natGateway:NatGateway", inputs: { allocationId: "address" } },
    ],
    fail: [
      { type: "aws:ec2/eip:Eip", id: "address" },
      { type: "aws:ec2/natGateway:NatGateway", inputs: { allocationId: "another" } },
    ],
    missing: [{ type: "aws:ec2/eip:Eip" }],
  }),
  property({
    id: "interface-checks-addresses",
    controls: ["NET-40"],
    severity: "low",
    types: ["aws:ec2/networkInterface:NetworkInterface"],
    path: "sourceDestCheck",
    is: isTrue,
    missingIs: "right",
    whatToDo: "leave sourceDestCheck on: nothing here routes traffic of others",
  }),
];
