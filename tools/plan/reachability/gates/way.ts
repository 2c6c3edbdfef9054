import { anywhere, covers, coversPort, type Inputs, itemsOf, type Model, text, texts } from "../model.ts";
import type { AwsRequest, Flow, Gate, Inside, Internet, Subnet } from "../types.ts";
import { endpointGate } from "./endpoint-policy.ts";

/** A port of the range from which clients get theirs: answers go there, and access lists are stateless. */
const answerPort = 40_000;

/** How packets get from a subnet to the internet: by its route table, or by an endpoint for some of the addresses. */
export function wayOut(
  model: Model,
  subnet: Subnet,
  from: Inside,
  to: Internet,
  request: AwsRequest | undefined,
): Gate[] {
  const table = tableOf(model, subnet);
  const endpoint = to.endpoints?.find(({ tables }) => tables.includes(table));
  if (endpoint) return request ? [endpointGate(endpoint, request)] : [allowed(`endpoint ${endpoint.name}`)];
  const route = model
    .all("aws:ec2/route:Route")
    .find(
      ({ inputs }) => inputs.routeTableId === table && covers(inputs.destinationCidrBlock, to.cidr, "every"),
    );
  if (route === undefined)
    return [{ verdict: "denied", rule: `route table ${model.nameOf(table)}: no route to ${to.name}` }];
  if (typeof route.inputs.natGatewayId === "string")
    return natGates(model, route.inputs.natGatewayId, route.name);
  if (from.publicAddress) return [allowed(`route ${route.name}`)];
  return [{ verdict: "denied", rule: `${from.name}: no public address behind route ${route.name}` }];
}

/** A zonal gateway stands in a subnet that must reach the internet itself. AWS places a regional one. */
function natGates(model: Model, gatewayId: string, route: string): Gate[] {
  const gateway = model.all("aws:ec2/natGateway:NatGateway").find(({ id }) => id === gatewayId);
  if (gateway === undefined)
    return [{ verdict: "unknown", rule: `route ${route}: gateway is not in the plan` }];
  if (gateway.inputs.availabilityMode === "regional") return [allowed(`route ${route}`)];
  const [subnet] = model.subnets([gateway.inputs.subnetId]);
  return subnet && isPublic(model, subnet)
    ? [allowed(`route ${route}`)]
    : [{ verdict: "denied", rule: `gateway ${gateway.name}: its subnet has no route to the internet` }];
}

/** How packets get in from the internet: an address, a route back by the internet gateway, and no block of public access. */
export function wayIn(model: Model, subnet: Subnet, to: Inside): Gate[] {
  if (!to.publicAddress) return [{ verdict: "denied", rule: `${to.name}: no public address` }];
  if (!isPublic(model, subnet))
    return [{ verdict: "denied", rule: `subnet ${subnet.name}: no route to an internet gateway` }];
  const exclusion = model
    .all("aws:ec2/vpcBlockPublicAccessExclusion:VpcBlockPublicAccessExclusion")
    .find(({ inputs }) => inputs.subnetId === subnet.id);
  if (exclusion) return [allowed(`exclusion ${exclusion.name}`)];
  // The block belongs to the account. Another environment may have made it.
  return [{ verdict: "denied", rule: `subnet ${subnet.name}: not excluded from the block of public access` }];
}

/** What the access lists of both subnets say, for the request and for its answer. Inside of one subnet there is none. */
export function listGates(
  model: Model,
  ends: {
    readonly from: Subnet | undefined;
    readonly to: Subnet | undefined;
    readonly fromCidr: string;
    readonly toCidr: string;
  },
  flow: Required<Pick<Flow, "port" | "protocol" | "ask">>,
): Gate[] {
  const { from, to, fromCidr, toCidr } = ends;
  if (from !== undefined && from.id === to?.id) return [];
  const gate = (subnet: Subnet | undefined, list: "ingress" | "egress", cidr: string, port: number) =>
    subnet ? [listGate(model, subnet, list, cidr, { ...flow, port })] : [];
  return [
    ...gate(from, "egress", toCidr, flow.port),
    ...gate(to, "ingress", fromCidr, flow.port),
    ...gate(to, "egress", fromCidr, answerPort),
    ...gate(from, "ingress", toCidr, answerPort),
  ];
}

function listGate(
  model: Model,
  subnet: Subnet,
  list: "ingress" | "egress",
  cidr: string,
  flow: Required<Pick<Flow, "port" | "protocol" | "ask">>,
): Gate {
  const acl = model
    .all("aws:ec2/networkAcl:NetworkAcl")
    .find(({ inputs }) => texts(inputs.subnetIds).includes(subnet.id));
  if (acl === undefined) return { verdict: "unknown", rule: `subnet ${subnet.name}: access list unknown` };
  // A rule that denies a part of the addresses denies "every"; it must cover all of them to deny "any".
  const opposite = flow.ask === "every" ? "any" : "every";
  const askOf = ({ action }: Inputs) => (action === "deny" ? opposite : flow.ask);
  const rule = itemsOf(acl.inputs, list)
    .toSorted((a, b) => Number(a.ruleNo) - Number(b.ruleNo))
    .find((one) => coversPort(one, flow.protocol, flow.port) && covers(one.cidrBlock, cidr, askOf(one)));
  return rule?.action === "allow"
    ? allowed(`access list ${acl.name}`)
    : { verdict: "denied", rule: `access list ${acl.name}: no ${list} for ${cidr} on ${flow.port}` };
}

function isPublic(model: Model, subnet: Subnet): boolean {
  const table = tableOf(model, subnet);
  const gateways = new Set(model.all("aws:ec2/internetGateway:InternetGateway").map(({ id }) => id));
  return model
    .all("aws:ec2/route:Route")
    .some(
      ({ inputs }) =>
        inputs.routeTableId === table &&
        inputs.destinationCidrBlock === anywhere &&
        gateways.has(String(inputs.gatewayId)),
    );
}

/** The table of a subnet: the one it is associated with, or the main table of the network. */
function tableOf(model: Model, subnet: Subnet): string {
  const own = model
    .all("aws:ec2/routeTableAssociation:RouteTableAssociation")
    .find(({ inputs }) => inputs.subnetId === subnet.id);
  const main = model
    .all("aws:ec2/routeTable:RouteTable")
    .find(({ name }) => name.endsWith("-main-route-table"));
  return text(own?.inputs.routeTableId) || (main?.id ?? "");
}

function allowed(rule: string): Gate {
  return { verdict: "allowed", rule };
}
