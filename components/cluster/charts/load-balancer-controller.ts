import type { StatementInput } from "../../base/core/index.ts";
import type { ClusterControllersArgs } from "./args.ts";
import { charts } from "./charts.ts";
import { type ControllerArgs, containerSecurity, controllerResources, podSecurity } from "./controller.ts";

/**
 * Puts pods into the target groups that the program owns, and does nothing else: it creates no load balancer, no security
 * group and no rule, so nothing of it is left when the cluster is gone.
 */
export function loadBalancerValues(
  args: Pick<ClusterControllersArgs, "clusterName" | "region" | "vpcId">,
): ControllerArgs["values"] {
  return {
    clusterName: args.clusterName,
    // Both are given, because the hop limit of 1 keeps the controller from the metadata of its node.
    region: args.region,
    vpcId: args.vpcId,
    replicaCount: 2,
    serviceAccount: { name: charts.loadBalancerController.serviceAccount },
    // The program owns all of these. The controller would need permissions for them otherwise.
    enableShield: false,
    enableWafv2: false,
    enableBackendSecurityGroup: false,
    createIngressClassResource: false,
    enableServiceMutatorWebhook: false,
    podDisruptionBudget: { maxUnavailable: 1, unhealthyPodEvictionPolicy: "AlwaysAllow" },
    resources: controllerResources("100m", "256Mi"),
    podSecurityContext: podSecurity,
    securityContext: containerSecurity,
  };
}

/** Registers addresses in target groups of this account. Describe actions cannot be limited to resources in IAM. */
export function loadBalancerStatements(accountId: string, region: string): StatementInput[] {
  return [
    {
      sid: "Describe",
      actions: [
        "ec2:DescribeAvailabilityZones",
        "ec2:DescribeInstances",
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeSecurityGroups",
        "ec2:DescribeSubnets",
        "ec2:DescribeVpcs",
        "elasticloadbalancing:DescribeTargetGroupAttributes",
        "elasticloadbalancing:DescribeTargetGroups",
        "elasticloadbalancing:DescribeTargetHealth",
      ],
      resources: ["*"],
    },
    {
      sid: "RegisterTargets",
      actions: ["elasticloadbalancing:DeregisterTargets", "elasticloadbalancing:RegisterTargets"],
      resources: [`arn:aws:elasticloadbalancing:${region}:${accountId}:targetgroup/*/*`],
    },
  ];
}
