import type { PlannedResource } from "../../model/index.ts";
import { covers, coversPort, type Model } from "../model.ts";
import type { Ask, Gate } from "../types.ts";

/** The other end of a connection, as rules of security groups name it. */
export interface Peer {
  readonly name: string;
  /** None for a security group whose place is not known. */
  readonly cidr?: string | undefined;
  readonly groups: readonly string[];
  readonly prefixList?: string | undefined;
}

const types = {
  in: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  out: "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
} as const;

/** What the security groups of an interface say about a connection. They add up: one rule of one group is enough. */
export function groupGate(
  model: Model,
  direction: "in" | "out",
  groups: readonly string[],
  peer: Peer,
  flow: { readonly port: number; readonly protocol: string; readonly ask: Ask },
): Gate {
  const rules = model
    .all(types[direction])
    .filter(({ inputs }) => groups.includes(String(inputs.securityGroupId)));
  const found = rules.find(
    ({ inputs }) => coversPort(inputs, flow.protocol, flow.port) && names(inputs, peer, flow.ask),
  );
  if (found) return { verdict: "allowed", rule: `group rule ${found.name}` };
  const names_ = groups.map(model.nameOf).join(", ") || "none";
  const way = direction === "in" ? `from ${peer.name}` : `to ${peer.name}`;
  return {
    verdict: "denied",
    rule: `security groups ${names_}: no rule ${direction} ${way} on ${flow.port}`,
  };
}

function names(inputs: PlannedResource["inputs"], peer: Peer, ask: Ask): boolean {
  const { referencedSecurityGroupId: group, cidrIpv4: cidr, prefixListId } = inputs;
  if (typeof group === "string") return peer.groups.includes(group);
  if (typeof prefixListId === "string") return peer.prefixList === prefixListId;
  return peer.cidr !== undefined && covers(cidr, peer.cidr, ask);
}
