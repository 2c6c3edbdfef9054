import { systemPlacement } from "./pools.ts";
import type { AddonName } from "./versions.ts";

/**
 * What each add-on is told beyond its defaults, as the JSON text EKS stores; undefined when the defaults are right.
 *
 * `zones` is the number of zones of the cluster.
 */
export function addonConfiguration(addon: AddonName, zones: number): string | undefined {
  const values = configurations[addon]?.(zones);
  return values === undefined ? undefined : JSON.stringify(values);
}

const configurations: Partial<Readonly<Record<AddonName, (zones: number) => unknown>>> = {
  "vpc-cni": () => ({
    // A string: the schema of the add-on refuses the boolean.
    enableNetworkPolicy: "true",
    env: {
      // Must be set before the first node boots; nodes that run keep single addresses until they are replaced.
      ENABLE_PREFIX_DELEGATION: "true",
      // One spare /28 a node: the next 16 pods start without a call to EC2.
      WARM_PREFIX_TARGET: "1",
      // Pods talk until their policies are loaded. "strict" would also cut off the controllers that must start first.
      NETWORK_POLICY_ENFORCING_MODE: "standard",
    },
  }),
  coredns: coreDns,
  "aws-ebs-csi-driver": () => ({
    controller: { replicaCount: 2, ...systemPlacement },
    // The node part runs on every pool, or volumes would not mount there.
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
    // One replica a zone, so that a zone that is shifted away takes no answer with it; two at least.
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

// The Corefile of EKS with one change: 30 s of lameduck instead of 5, the time kube-proxy may need to stop sending.
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
