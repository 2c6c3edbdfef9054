import { systemPlacement } from "../node-pools/index.ts";
import type { AddonName } from "./names.ts";

/**
 * Settings of an add-on that differ from its defaults, as the JSON text that EKS stores; undefined when there are none.
 *
 * `zones` is the number of zones of the cluster.
 */
export function addonConfiguration(addon: AddonName, zones: number): string | undefined {
  const values = configurations[addon]?.(zones);
  return values === undefined ? undefined : JSON.stringify(values);
}

const configurations: Partial<Readonly<Record<AddonName, (zones: number) => unknown>>> = {
  "vpc-cni": () => ({
    // A string, because the schema of the add-on refuses a boolean.
    enableNetworkPolicy: "true",
    env: {
      // Set before the first node boots: a node that already runs keeps single addresses until it is replaced.
      ENABLE_PREFIX_DELEGATION: "true",
      // One spare /28 per node: the next 16 pods start without a call to EC2.
      WARM_PREFIX_TARGET: "1",
      // Pods have all traffic until their policies are loaded. "strict" would also block the controllers that start first.
      NETWORK_POLICY_ENFORCING_MODE: "standard",
    },
  }),
  coredns: coreDns,
  "aws-ebs-csi-driver": () => ({
    controller: { replicaCount: 2, ...systemPlacement },
    // The node part runs on every node, because it mounts the volumes there.
    node: { tolerateAllTaints: true },
  }),
  "metrics-server": () => ({
    replicas: 2,
    podDisruptionBudget: { enabled: true, maxUnavailable: 1 },
    ...systemPlacement,
  }),
};

function coreDns(zones: number): unknown {
  return {
    // One replica per zone and at least two, so that DNS still answers when a zone is shifted away.
    autoScaling: { enabled: true, minReplicas: Math.max(2, zones), maxReplicas: 10 },
    podDisruptionBudget: { enabled: true, maxUnavailable: 1 },
    topologySpreadConstraints: ["topology.kubernetes.io/zone", "kubernetes.io/hostname"].map(
      (topologyKey) => ({
        maxSkew: 1,
        topologyKey,
        whenUnsatisfiable: "ScheduleAnyway",
        labelSelector: { matchLabels: { "k8s-app": "kube-dns" } },
      }),
    ),
    corefile,
    ...systemPlacement,
  };
}

// The Corefile of EKS with one change: lameduck is 30 s instead of 5 s, because kube-proxy may need so long to stop sending.
const corefile = `.:53 {
    errors
    health {
        lameduck 30s
    }
    ready
    kubernetes cluster.local in-addr.arpa ip6.arpa {
        pods insecure
        fallthrough in-addr.arpa ip6.arpa
    }
    prometheus :9153
    forward . /etc/resolv.conf
    cache 30
    loop
    reload
    loadbalance
}
`;
