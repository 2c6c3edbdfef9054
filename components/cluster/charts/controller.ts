import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { StatementInput } from "../../base/core/index.ts";
import { leavesDeadNodes, systemPlacement } from "../node-pools/index.ts";
import { PodIdentity } from "../pod-identity/index.ts";
import type { Chart } from "./charts.ts";

/** Seconds until the pods of a chart must be ready. A new node takes two minutes of them. */
const readySeconds = 600;

export interface ControllerArgs {
  readonly chart: Chart;
  readonly clusterName: pulumi.Input<string>;
  readonly clusterArn: pulumi.Input<string>;
  readonly accountId: string;
  readonly kubernetesProvider: k8s.Provider;
  /** Everything that its pods may do in AWS. */
  readonly statements: readonly StatementInput[];
  /** Values of the chart. */
  readonly values: Readonly<Record<string, pulumi.Input<unknown>>>;
  /** What the chart waits for that no input shows. */
  readonly waitFor: readonly pulumi.Resource[];
}

/** A controller: the AWS role of its pods, and the release of its chart. */
export interface Controller {
  readonly podIdentity: PodIdentity;
  readonly release: k8s.helm.v3.Release;
}

/**
 * Installs one chart as one resource, on the system nodes, with an AWS role for its pods. Helm rolls the whole chart back
 * when its pods do not become ready, so that a failed upgrade leaves the previous version running.
 */
export function createController(name: string, args: ControllerArgs, parent: pulumi.Resource): Controller {
  const { chart, clusterName, clusterArn, accountId, statements } = args;
  const { namespace, serviceAccount } = chart;
  const podIdentity = new PodIdentity(
    name,
    { clusterName, clusterArn, accountId, namespace, serviceAccount, statements },
    { parent },
  );
  const release = new k8s.helm.v3.Release(
    name,
    {
      name: chart.chart,
      chart: chart.chart,
      version: chart.version,
      namespace,
      repositoryOpts: { repo: chart.repository },
      atomic: true,
      cleanupOnFail: true,
      maxHistory: 5,
      timeout: readySeconds,
      values: {
        ...systemPlacement,
        tolerations: [...systemPlacement.tolerations, ...leavesDeadNodes],
        ...spread(chart),
        ...args.values,
      },
    },
    { parent, provider: args.kubernetesProvider, dependsOn: [podIdentity, ...args.waitFor] },
  );
  return { podIdentity, release };
}

/**
 * Replicas on nodes and in zones of their own, where there are any. A node that is lost or cordoned does not count. Every chart
 * labels its pods with the name of its release.
 */
function spread(chart: Chart) {
  const pods = {
    labelSelector: { matchLabels: { "app.kubernetes.io/instance": chart.chart } },
    matchLabelKeys: ["pod-template-hash"],
  };
  const anotherHost = { topologyKey: "kubernetes.io/hostname", ...pods };
  return {
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: "topology.kubernetes.io/zone",
        whenUnsatisfiable: "ScheduleAnyway",
        nodeTaintsPolicy: "Honor",
        ...pods,
      },
    ],
    affinity: {
      podAntiAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm: anotherHost }],
      },
    },
  };
}

/**
 * Requests and limits of a controller. Its memory request equals its limit, so that a node without memory evicts others first.
 * It writes nothing but its log.
 */
export function controllerResources(requestedCpu: string, memory: string) {
  const [request, limit] = ["128Mi", "512Mi"];
  return {
    requests: { cpu: requestedCpu, memory, "ephemeral-storage": request },
    limits: { cpu: "500m", memory, "ephemeral-storage": limit },
  };
}

/** Security context of every pod, in the form that charts accept. Their own users are below 10,000 or none. */
export const podSecurity = {
  runAsNonRoot: true,
  runAsUser: 10001,
  runAsGroup: 10001,
  fsGroup: 10001,
  seccompProfile: { type: "RuntimeDefault" },
} as const;

/** Security context of every container, in the form that charts accept. */
export const containerSecurity = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  runAsNonRoot: true,
  capabilities: { drop: ["ALL"] },
  seccompProfile: { type: "RuntimeDefault" },
} as const;
