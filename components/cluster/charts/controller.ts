import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { StatementInput } from "../../base/core/index.ts";
import { systemPlacement } from "../node-pools/index.ts";
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
      values: { ...systemPlacement, ...args.values },
    },
    { parent, provider: args.kubernetesProvider, dependsOn: [podIdentity, ...args.waitFor] },
  );
  return { podIdentity, release };
}

/** Security context of every container, in the form that charts accept. */
export const containerSecurity = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  runAsNonRoot: true,
  capabilities: { drop: ["ALL"] },
  seccompProfile: { type: "RuntimeDefault" },
} as const;
