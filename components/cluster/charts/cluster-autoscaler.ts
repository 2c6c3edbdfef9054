import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { StatementInput } from "../../base/core/index.ts";
import { PodIdentity } from "../cluster/index.ts";
import type { ClusterControllersArgs } from "./addons.ts";
import { charts } from "./charts.ts";
import { containerSecurity, createRelease } from "./release.ts";

/** Adds a node when a pod finds no place, and takes one away that has been half empty for ten minutes. */
export function createClusterAutoscaler(
  name: string,
  args: ClusterControllersArgs,
  parent: pulumi.Resource,
): k8s.helm.v3.Release {
  const chart = charts.clusterAutoscaler;
  const identity = new PodIdentity(
    name,
    {
      clusterName: args.clusterName,
      clusterArn: args.clusterArn,
      accountId: args.accountId,
      namespace: chart.namespace,
      serviceAccount: chart.serviceAccount,
      statements: autoscalerStatements(args.clusterLabel),
    },
    { parent },
  );
  return createRelease(
    name,
    chart,
    {
      cloudProvider: "aws",
      awsRegion: args.region,
      // EKS puts the tags this looks for on the autoscaling groups of its node groups.
      autoDiscovery: { clusterName: args.clusterName },
      // The minor of the cluster; another one misjudges where a pod fits.
      image: { tag: `v${args.kubernetesVersion}.0` },
      replicaCount: 2,
      rbac: { serviceAccount: { name: chart.serviceAccount } },
      extraArgs: {
        "balance-similar-node-groups": true,
        expander: "least-waste",
        // Pods with a bounded scratch volume may move like any other.
        "skip-nodes-with-local-storage": false,
        "skip-nodes-with-system-pods": false,
      },
      podDisruptionBudget: { maxUnavailable: 1 },
      resources: {
        requests: { cpu: "100m", memory: "300Mi" },
        limits: { cpu: "500m", memory: "600Mi" },
      },
      containerSecurityContext: containerSecurity,
    },
    { parent, provider: args.kubernetesProvider, dependsOn: [identity, ...args.waitFor] },
  );
}

/** Changes only groups that carry the tag of this cluster. */
export function autoscalerStatements(clusterName: string): StatementInput[] {
  return [
    {
      sid: "Describe",
      actions: [
        "autoscaling:DescribeAutoScalingGroups",
        "autoscaling:DescribeAutoScalingInstances",
        "autoscaling:DescribeLaunchConfigurations",
        "autoscaling:DescribeScalingActivities",
        "ec2:DescribeImages",
        "ec2:DescribeInstanceTypes",
        "ec2:DescribeLaunchTemplateVersions",
        "ec2:GetInstanceTypesFromInstanceRequirements",
        "eks:DescribeNodegroup",
      ],
      resources: ["*"],
    },
    {
      sid: "Scale",
      actions: ["autoscaling:SetDesiredCapacity", "autoscaling:TerminateInstanceInAutoScalingGroup"],
      resources: ["*"],
      conditions: {
        StringEquals: { [`aws:ResourceTag/k8s.io/cluster-autoscaler/${clusterName}`]: "owned" },
      },
    },
  ];
}
