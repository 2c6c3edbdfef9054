/** A Helm chart with a pinned version. */
export interface Chart {
  readonly chart: string;
  readonly repository: string;
  readonly version: string;
  readonly namespace: string;
  /** Name of its service account in that namespace. */
  readonly serviceAccount: string;
}

/**
 * Every chart of the platform: the one place for versions. Each version is one whose chart was rendered with our values and
 * judged like our own pods (tests/render/charts.test.ts), 2026-11-26; none has been installed yet. Retired charts
 * (ingress-nginx, promtail) must not come back.
 */
export const charts = {
  loadBalancerController: {
    chart: "aws-load-balancer-controller",
    repository: "https://aws.github.io/eks-charts",
    version: "3.5.0",
    namespace: "kube-system",
    serviceAccount: "aws-load-balancer-controller",
  },
  clusterAutoscaler: {
    chart: "cluster-autoscaler",
    repository: "https://kubernetes.github.io/autoscaler",
    version: "9.57.0",
    namespace: "kube-system",
    serviceAccount: "cluster-autoscaler",
  },
  externalSecrets: {
    chart: "external-secrets",
    repository: "https://charts.external-secrets.io",
    version: "2.9.0",
    namespace: "external-secrets",
    serviceAccount: "external-secrets",
  },
} as const satisfies Record<string, Chart>;
