import { platform } from "../../base/core/index.ts";
import { charts, containerSecurity, controllerResources, podSecurity } from "../charts/index.ts";
import { mostPodsOf } from "../workload/index.ts";

/** Where the controller serves its metrics, in the names of the chart. */
export const externalSecretsMetrics = {
  namespace: charts.externalSecrets.namespace,
  port: "metrics",
  path: "/metrics",
} as const;

/** Number of that port. */
export const externalSecretsMetricsPort = 8080;

const replicas = 2;

/** The chart leaves the rollout to the default of Kubernetes, which adds a quarter like ours. */
export const mostPods = mostPodsOf(replicas);

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
  resources: controllerResources("50m", "256Mi"),
  // The chart writes its user into the container, where it would win over that of the pod.
  podSecurityContext: podSecurity,
  securityContext: { ...containerSecurity, runAsUser: podSecurity.runAsUser },
  livenessProbe: { enabled: true },
  // Without it, a pod counts as available before it has read the API server.
  readinessProbe: { enabled: true },
  metrics: { listen: { port: externalSecretsMetricsPort } },
  webhook: { create: false },
  certController: { create: false },
  rbac: {
    servicebindings: { create: false },
    aggregateToView: false,
    aggregateToEdit: false,
    aggregateToAdmin: false,
    // With tokens of the service accounts of the namespace, the controller could do what each workload may.
    serviceAccountTokenCreate: false,
  },
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
