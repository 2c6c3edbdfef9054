import { covers, type Inputs, inside, itemsOf, type Model, selects, texts } from "../model.ts";
import type { Ask, Gate, Pod } from "../types.ts";

/** The other end of a connection, as network policies name it. */
interface Peer {
  readonly name: string;
  readonly cidr: string;
  readonly pod?: Pod | undefined;
}

/**
 * What the network policies of a pod say about a connection. Without a policy that selects the pod everything is allowed;
 * with one, only what a policy names.
 */
export function policyGate(
  model: Model,
  direction: "Ingress" | "Egress",
  pod: Pod,
  peer: Peer,
  flow: { readonly port: number; readonly protocol: string; readonly ask: Ask },
): Gate {
  const policies = model
    .all("kubernetes:networking.k8s.io/v1:NetworkPolicy")
    .filter(
      ({ inputs }) =>
        inside(inputs, "metadata").namespace === pod.namespace &&
        texts(inside(inputs, "spec").policyTypes).includes(direction) &&
        selects(inside(inputs, "spec", "podSelector"), pod.labels),
    );
  if (policies.length === 0)
    return { verdict: "allowed", rule: `no policy for ${direction.toLowerCase()} in ${pod.namespace}` };
  const list = direction === "Ingress" ? "ingress" : "egress";
  const side = direction === "Ingress" ? "from" : "to";
  const found = policies.find(({ inputs }) =>
    itemsOf(inputs, "spec", list).some(
      (rule) =>
        hasPort(rule, flow) &&
        (rule[side] === undefined || itemsOf(rule, side).some((one) => isPeer(one, peer, flow.ask))),
    ),
  );
  if (found) return { verdict: "allowed", rule: `policy ${found.name}` };
  const names = policies.map(({ name }) => name).join(", ");
  return { verdict: "denied", rule: `policies ${names}: no ${list} ${side} ${peer.name} on ${flow.port}` };
}

function hasPort(rule: Inputs, flow: { readonly port: number; readonly protocol: string }): boolean {
  if (rule.ports === undefined) return true;
  return itemsOf(rule, "ports").some(
    ({ port, protocol }) => port === flow.port && String(protocol).toLowerCase() === flow.protocol,
  );
}

function isPeer(rule: Inputs, peer: Peer, ask: Ask): boolean {
  if (rule.ipBlock !== undefined) {
    const { cidr, except } = inside(rule, "ipBlock");
    // A target that an exception touches is not all allowed; one that lies in an exception is not allowed at all.
    const closed = texts(except).some((range) => covers(range, peer.cidr, ask === "every" ? "any" : "every"));
    return covers(cidr, peer.cidr, ask) && !closed;
  }
  if (peer.pod === undefined) return false;
  const { namespaceSelector, podSelector } = rule;
  const labels = { "kubernetes.io/metadata.name": peer.pod.namespace };
  return (
    (namespaceSelector === undefined || selects(namespaceSelector as Inputs, labels)) &&
    (podSelector === undefined || selects(podSelector as Inputs, peer.pod.labels))
  );
}
