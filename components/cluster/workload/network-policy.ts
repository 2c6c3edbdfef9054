import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { selectorLabels } from "../namespace/index.ts";
import type { Metadata, Traffic } from "./args.ts";

/** Admits the listed traffic and the DNS of the cluster. The namespace refuses everything else. */
export function createNetworkPolicy(
  name: string,
  metadata: Metadata,
  args: {
    readonly workloadName: string;
    readonly ingress: readonly Traffic[];
    readonly egress: readonly Traffic[];
  },
  parent: pulumi.Resource,
): k8s.networking.v1.NetworkPolicy {
  const ports = (traffic: Traffic) => traffic.ports.map((port) => ({ protocol: "TCP", port }));
  const peers = (traffic: Traffic) => [
    ...traffic.cidrs.map((cidr) => ({
      ipBlock: traffic.except === undefined ? { cidr } : { cidr, except: [...traffic.except] },
    })),
    ...(traffic.namespaces ?? []).map((namespace) => ({ namespaceSelector: namespaceNamed(namespace) })),
  ];
  return new k8s.networking.v1.NetworkPolicy(
    name,
    {
      metadata,
      spec: {
        podSelector: { matchLabels: selectorLabels(args.workloadName) },
        policyTypes: ["Ingress", "Egress"],
        ingress: args.ingress.map((traffic) => ({ from: peers(traffic), ports: ports(traffic) })),
        egress: [
          {
            to: [
              {
                namespaceSelector: namespaceNamed("kube-system"),
                podSelector: { matchLabels: { "k8s-app": "kube-dns" } },
              },
            ],
            ports: ["UDP", "TCP"].map((protocol) => ({ protocol, port: 53 })),
          },
          ...args.egress.map((traffic) => ({ to: peers(traffic), ports: ports(traffic) })),
        ],
      },
    },
    { parent },
  );
}

function namespaceNamed(name: string) {
  return { matchLabels: { "kubernetes.io/metadata.name": name } };
}
