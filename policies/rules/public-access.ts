import { declared, overStack, production } from "../rule.ts";
import type { Resource, Rule, Stack } from "../types.ts";
import { texts } from "../values.ts";

const exclusion = "aws:ec2/vpcBlockPublicAccessExclusion:VpcBlockPublicAccessExclusion";
const balancer = "aws:lb/loadBalancer:LoadBalancer";
const subnet = "aws:ec2/subnet:Subnet";

/** Subnets in which the internet reaches a load balancer. */
function entrances(stack: Stack): readonly Resource[] {
  const open = stack.of(balancer).filter(({ inputs }) => inputs.internal !== true);
  return stack.of(subnet).filter((one) => open.some((entrance) => stack.linked(entrance, "subnets", one)));
}

/** An entrance in one subnet, and an exclusion of another or of a whole network. */
function entranceAnd(excluded: Readonly<Record<string, unknown>>) {
  return [
    { type: subnet, name: "public" },
    { type: balancer, name: "entrance", inputs: { internal: false, subnets: ["public"] } },
    { type: exclusion, name: "excluded", inputs: excluded },
  ];
}

const right = { subnetId: "public", internetGatewayExclusionMode: "allow-bidirectional" };

export const publicAccessRules: readonly Rule[] = [
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
    whatToDo: "exclude the subnets of the load balancer one by one: everything else is what the block is for",
    check: (stack) =>
      stack
        .of(exclusion)
        .filter((one) => !entrances(stack).some((open) => stack.linked(one, "subnetId", open)))
        .map((resource) => ({ resource, message: "subnetId: got another; allowed: a load balancer's" })),
    pass: entranceAnd(right),
    fail: entranceAnd({ vpcId: "network", internetGatewayExclusionMode: "allow-bidirectional" }),
    missing: entranceAnd({}),
  }),
];
