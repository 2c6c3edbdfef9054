import type { Model } from "../model.ts";
import {
  callersOf,
  chartPods,
  controlPlaneOf,
  internet,
  loadBalancersOf,
  nodeAddresses,
  nodesOf,
  podsOf,
  publicApi,
  scrapersOf,
  storesOf,
} from "../places/index.ts";
import type { Expectation, Inside, Place } from "../types.ts";
import { isClient } from "./pods.ts";
import { https } from "./reach.ts";

/** Paths that must not exist, for any of their addresses. */
export function mustNotReach(model: Model): readonly Expectation[] {
  return [...fromInternet(model), ...fromPods(model), ...fromData(model), ...fromHelpers(model)];
}

function never(what: string, from: Place, to: Place, port: number): Expectation {
  return { must: "not reach", what, flow: { from, to, port, ask: "any" } };
}

/** Ports of nodes that an attacker tries first: shell, web, kubelet, and every port that a pod serves. */
function portsOfNodes(model: Model): readonly number[] {
  const served = podsOf(model).flatMap(({ ports }) => Object.values(ports));
  return [...new Set([22, https, 10_250, ...served])].toSorted((a, b) => a - b);
}

function fromInternet(model: Model): Expectation[] {
  const anybody = internet("the internet");
  const nodes = Object.values(nodesOf(model));
  const distribution = (model.config("originPrefixListId") ?? "") !== "";
  return [
    ...nodes.flatMap((one) =>
      portsOfNodes(model).map((port) => never("the internet to nodes and pods", anybody, one, port)),
    ),
    ...storesOf(model).map(({ place, port }) => never("the internet to stores", anybody, place, port)),
    never("the internet to the API server", anybody, controlPlaneOf(model), https),
    never("the internet to the API server", anybody, publicApi(model, anybody.cidr), https),
    ...loadBalancersOf(model).flatMap(({ place }) =>
      [22, 8080, 8081, ...(distribution ? [80, https] : [])].map((port) =>
        never("the internet past the entrance", anybody, place, port),
      ),
    ),
  ];
}

/** Pods of the program: no API server, no store of others, no metadata of nodes, no other pods, and only https outside. */
function fromPods(model: Model): Expectation[] {
  const [pods, stores] = [podsOf(model), storesOf(model)];
  const { metadata } = nodeAddresses(model);
  return pods.flatMap((pod) => [
    never("pods to the API server", pod.place, controlPlaneOf(model), https),
    never("pods to the metadata of nodes", pod.place, metadata, 80),
    never("pods to the internet without TLS", pod.place, internet("the internet"), 80),
    ...stores
      .filter(({ hosts }) => !isClient(pod, hosts))
      .map(({ place, port }) => never("pods to stores of others", pod.place, place, port)),
    ...pods
      .filter(({ place }) => place.name !== pod.place.name)
      .flatMap(({ place, ports }) =>
        Object.values(ports).map((port) => never("pods to other pods", pod.place, place, port)),
      ),
  ]);
}

/** Stores and control plane open no connection to anywhere but, for the control plane, to nodes. */
function fromData(model: Model): Expectation[] {
  const nodes = Object.values(nodesOf(model));
  const outside = internet("the internet");
  return [
    ...storesOf(model).flatMap(({ place }) => [
      never("data out", place, outside, https),
      ...nodes.map((one) => never("stores to nodes", place, one, https)),
    ]),
    never("data out", controlPlaneOf(model), outside, https),
  ];
}

/** What is in the network for one purpose reaches nothing else that matters. */
function fromHelpers(model: Model): Expectation[] {
  const helpers: readonly Place[] = [
    ...loadBalancersOf(model).map(({ place }) => place),
    ...scrapersOf(model).map(({ place }) => place),
    ...callersOf(model),
  ];
  const balancers = loadBalancersOf(model).map(({ place }) => place);
  const stores = storesOf(model);
  const charts: readonly Inside[] = Object.values(chartPods(model)).filter(
    ({ pod }) => pod.namespace !== "kube-system",
  );
  return [
    ...[...helpers, ...charts].flatMap((from) =>
      stores.map(({ place, port }) => never("helpers to stores", from, place, port)),
    ),
    ...balancers.flatMap((from) => [
      never("the load balancer to the API server", from, controlPlaneOf(model), https),
      ...Object.values(nodesOf(model)).map((one) =>
        never("the load balancer to kubelets", from, one, 10_250),
      ),
    ]),
  ];
}
