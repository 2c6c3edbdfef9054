import type { StatementInput } from "../../base/core/index.ts";
import type { ClusterControllersArgs } from "./args.ts";
import { charts } from "./charts.ts";
import { type ControllerArgs, containerSecurity, controllerResources, podSecurity } from "./controller.ts";

/** Adds a node when no node has room for a pod, and removes a node that has been half empty for ten minutes. */
export function autoscalerValues(
  args: Pick<ClusterControllersArgs, "clusterName" | "kubernetesVersion" | "region">,
): ControllerArgs["values"] {
  return {
    cloudProvider: "aws",
    awsRegion: args.region,
    // EKS puts the tags that this looks for on the autoscaling groups of its node groups.
    autoDiscovery: { clusterName: args.clusterName },
    // The minor of the cluster: an autoscaler of another minor misjudges where a pod fits.
    image: { tag: `v${args.kubernetesVersion}.0` },
    replicaCount: 2,
    rbac: { serviceAccount: { name: charts.clusterAutoscaler.serviceAccount } },
    extraArgs: {
      // Node groups of one pool in different zones count as similar: for AWS the autoscaler ignores the labels of zone and group
      // (its aws_nodegroups.go, 1.36.0).
      "balance-similar-node-groups": true,
      expander: "least-waste",
      // A pod with a bounded scratch volume can be moved like any other.
      "skip-nodes-with-local-storage": false,
      "skip-nodes-with-system-pods": false,
    },
    podDisruptionBudget: { maxUnavailable: 1 },
    resources: controllerResources("100m", "600Mi"),
    securityContext: podSecurity,
    containerSecurityContext: containerSecurity,
  };
}

/** Changes only autoscaling groups that carry the tag of this cluster. */
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
