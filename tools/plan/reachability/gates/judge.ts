import { covers, type Model } from "../model.ts";
import type {
  Answer,
  Ask,
  Connected,
  Flow,
  Gate,
  Inside,
  Internet,
  Place,
  Subnet,
  Verdict,
} from "../types.ts";
import { endpointGate } from "./endpoint-policy.ts";
import { policyGate } from "./network-policies.ts";
import { groupGate, type Peer } from "./security-groups.ts";
import { listGates, wayIn, wayOut } from "./way.ts";

type FullFlow = Flow & Required<Pick<Flow, "protocol">>;

/** One interface, or one range of addresses, of an end. */
interface Site {
  readonly place: Place;
  readonly subnet?: Subnet;
  readonly cidr: string;
}

/** From worst to best for a path that must exist; the other way round for one that must not. */
const order: readonly Verdict[] = ["denied", "unknown", "allowed"];

/**
 * The verdict on a flow: over all pairs of subnets, the worst for `every` and the best for `any`.
 *
 * @throws Error when an end has no subnet: then no rule was read, and a verdict would prove nothing.
 */
export function judge(model: Model, given: Flow): Answer {
  const flow: FullFlow = { protocol: "tcp", ...given };
  const answers = sitesOf(flow.from).flatMap((from) =>
    sitesOf(flow.to).map((to) => combine(gatesOf(model, from, to, flow))),
  );
  if (answers.length === 0) throw new Error(`${flow.from.name} or ${flow.to.name} has no subnet in the plan`);
  return pick(answers, flow.ask);
}

function sitesOf(place: Place): readonly Site[] {
  switch (place.where) {
    case "inside":
      return place.subnets.map((subnet) => ({ place, subnet, cidr: subnet.cidr }));
    case "internet":
      return [{ place, cidr: place.cidr }];
    case "connected":
      // A security group of unknown place: no range names it.
      return [{ place, cidr: place.cidr ?? "" }];
    case "fixed":
      return [{ place, cidr: `${place.address}/32` }];
  }
}

function pick(answers: readonly Answer[], ask: Ask): Answer {
  const ranked = answers.toSorted((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict));
  const found = ask === "every" ? ranked[0] : ranked.at(-1);
  return found ?? { verdict: "denied", rule: "one end has no address" };
}

/** The first gate that denies, or the first that nothing in the plan decides, or all that allow. */
function combine(gates: readonly Gate[]): Answer {
  const stop =
    gates.find(({ verdict }) => verdict === "denied") ?? gates.find(({ verdict }) => verdict === "unknown");
  if (stop) return stop;
  return { verdict: "allowed", rule: [...new Set(gates.map(({ rule }) => rule))].join(" · ") };
}

function gatesOf(model: Model, from: Site, to: Site, flow: FullFlow): readonly Gate[] {
  const [source, target] = [from.place, to.place];
  const leave = source.where === "inside" && source.pod ? egressGates(model, source, to, flow) : [];
  if (target.where === "fixed") return [...leave, target.gate];
  const arrive =
    target.where === "inside" && target.pod
      ? [
          policyGate(
            model,
            "Ingress",
            target.pod,
            { name: source.name, cidr: from.cidr, pod: podOf(source) },
            flow,
          ),
        ]
      : [];
  return [
    ...leave,
    ...(source.where === "inside" ? [groupGate(model, "out", source.groups, peerOf(to), flow)] : []),
    ...wayGates(model, from, to, flow),
    ...(target.where === "inside" ? [groupGate(model, "in", target.groups, peerOf(from), flow)] : []),
    ...(target.where === "inside" && target.endpoint && flow.request
      ? [endpointGate(target.endpoint, flow.request)]
      : []),
    ...arrive,
  ];
}

/** Policies on egress see the address of a Service before it is translated, so both addresses count. */
function egressGates(model: Model, source: Inside, to: Site, flow: FullFlow): Gate[] {
  const { pod } = source;
  if (pod === undefined) return [];
  const service = to.place.where === "inside" ? to.place.serviceAddress : undefined;
  const addresses = [to.cidr, ...(service === undefined ? [] : [`${service}/32`])];
  const gates = addresses.map((cidr) =>
    policyGate(model, "Egress", pod, { name: to.place.name, cidr, pod: podOf(to.place) }, flow),
  );
  return [pick(gates, flow.ask)];
}

function wayGates(model: Model, from: Site, to: Site, flow: FullFlow): readonly Gate[] {
  const [source, target] = [from.place, to.place];
  const lists = () =>
    listGates(model, { from: from.subnet, to: to.subnet, fromCidr: from.cidr, toCidr: to.cidr }, flow);
  if (source.where === "connected") return [connection(model, source)];
  if (target.where === "connected") return [connection(model, target)];
  if (source.where === "internet" && target.where === "inside" && to.subnet)
    return [...wayIn(model, to.subnet, target), ...lists()];
  if (source.where === "inside" && target.where === "internet" && from.subnet)
    return [...wayOut(model, from.subnet, source, target as Internet, flow.request), ...lists()];
  // Both inside: every route table has the route to its own network, and no route of a program can replace it.
  return lists();
}

/** Whether a network is connected is decided outside of the plan, unless its addresses are in the network itself. */
function connection(model: Model, { name, cidr }: Connected): Gate {
  const own = model.all("aws:ec2/vpc:Vpc").map(({ inputs }) => inputs.cidrBlock);
  if (cidr !== undefined && own.some((range) => covers(range, cidr, "every")))
    return { verdict: "allowed", rule: "local route" };
  return { verdict: "unknown", rule: `the connection of ${name} is not in the plan` };
}

function peerOf({ place, cidr }: Site): Peer {
  const { name } = place;
  switch (place.where) {
    case "inside":
      return { name, cidr, groups: place.groups };
    case "connected":
      return { name, cidr: place.cidr, groups: place.group === undefined ? [] : [place.group] };
    case "internet":
      return { name, cidr, groups: [], prefixList: place.prefixList };
    case "fixed":
      return { name, cidr, groups: [] };
  }
}

function podOf(place: Place) {
  return place.where === "inside" ? place.pod : undefined;
}
