import { platform } from "../../base/core/index.ts";
import { charts } from "../charts/index.ts";

/** Where the controller serves its metrics, in the names of the chart. */
export const externalSecretsMetrics = {
  namespace: charts.externalSecrets.namespace,
  port: "metrics",
  path: "/metrics",
} as const;

/** Number of that port. */
export const externalSecretsMetricsPort = 8080;

const replicas = 2;

/** Both replicas twice during a rollout, and one more. */
export const mostPods = 2 * replicas + 1;

/**
 * Values of the chart. Everything that reaches beyond one namespace is off: kinds of the whole cluster, pushing secrets,
 * the webhook and its certificates.
 */
export const controllerValues = {
  scopedRBAC: true,
  replicaCount: replicas,
  leaderElect: true,
  serviceAccount: { create: true, name: charts.externalSecrets.serviceAccount },
  // The network policy selects the pods by this label.
  podLabels: { "app.kubernetes.io/part-of": platform.name },
  podDisruptionBudget: { enabled: true, minAvailable: 1 },
  resources: { requests: { cpu: "50m", memory: "128Mi" }, limits: { cpu: "500m", memory: "256Mi" } },
  livenessProbe: { enabled: true },
  metrics: { listen: { port: externalSecretsMetricsPort } },
  webhook: { create: false },
  certController: { create: false },
  rbac: { servicebindings: { create: false }, aggregateToView: false, aggregateToEdit: false },
  processClusterExternalSecret: false,
  processClusterPushSecret: false,
  processClusterStore: false,
  processClusterGenerator: false,
  processPushSecret: false,
  crds: {
    createClusterExternalSecret: false,
    createClusterSecretStore: false,
    createClusterGenerator: false,
    createClusterPushSecret: false,
    createPushSecret: false,
  },
} as const;
