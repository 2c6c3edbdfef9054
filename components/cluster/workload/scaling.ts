import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { selectorLabels } from "../namespace/index.ts";
import type { Metadata, WorkloadArgs } from "./args.ts";

/** The autoscaler, and the disruption budget where some pods must stay available. */
export function createScaling(
  name: string,
  metadata: Metadata,
  args: WorkloadArgs,
  deployment: k8s.apps.v1.Deployment,
  parent: pulumi.Resource,
): void {
  const { minReplicas, maxReplicas, keepAvailable } = args.settings;
  const utilization = (resource: string, percent: number) => ({
    type: "Resource",
    resource: { name: resource, target: { type: "Utilization", averageUtilization: percent } },
  });
  const perMinute = (percent: number) => ({ type: "Percent", value: percent, periodSeconds: 60 });
  new k8s.autoscaling.v2.HorizontalPodAutoscaler(
    name,
    {
      metadata,
      spec: {
        scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: deployment.metadata.name },
        minReplicas,
        maxReplicas,
        // Targets and windows: docs/requirements.md, platform.
        metrics: [utilization("cpu", 70), utilization("memory", 80)],
        behavior: {
          // At most twice as many per minute, so that a burst does not open every database connection at once.
          scaleUp: { stabilizationWindowSeconds: 60, policies: [perMinute(100)] },
          // A quarter per minute: most pods are still there when the load comes back.
          scaleDown: { stabilizationWindowSeconds: 300, policies: [perMinute(25)] },
        },
      },
    },
    { parent },
  );
  if (keepAvailable === 0) return;
  new k8s.policy.v1.PodDisruptionBudget(
    name,
    {
      metadata,
      spec: {
        // The pods that may go, not those that stay: of twenty replicas, a fixed number to keep would let eighteen go at once.
        maxUnavailable: minReplicas - keepAvailable,
        unhealthyPodEvictionPolicy: "AlwaysAllow",
        selector: { matchLabels: selectorLabels(args.workloadName) },
      },
    },
    { parent },
  );
}
