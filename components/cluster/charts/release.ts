import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { systemPlacement } from "../cluster/index.ts";
import type { Chart } from "./charts.ts";

/** Seconds to wait for the pods of a chart; a new node takes two minutes of it. */
const readySeconds = 600;

/**
 * One chart as one resource, on the system pool. It is rolled back as a whole when its pods do not become ready, so a
 * failed upgrade leaves what ran before.
 */
export function createRelease(
  name: string,
  chart: Chart,
  values: Readonly<Record<string, pulumi.Input<unknown>>>,
  opts: pulumi.CustomResourceOptions,
): k8s.helm.v3.Release {
  return new k8s.helm.v3.Release(
    name,
    {
      name: chart.chart,
      chart: chart.chart,
      version: chart.version,
      namespace: chart.namespace,
      repositoryOpts: { repo: chart.repository },
      atomic: true,
      cleanupOnFail: true,
      maxHistory: 5,
      timeout: readySeconds,
      values: { ...systemPlacement, ...values },
    },
    opts,
  );
}

/** What every container of ours must be, in the words of charts. */
export const containerSecurity = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  runAsNonRoot: true,
  capabilities: { drop: ["ALL"] },
  seccompProfile: { type: "RuntimeDefault" },
} as const;
