import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { StatementInput } from "../../base/core/index.ts";
import { PodIdentity } from "../cluster/index.ts";
import type { ClusterControllersArgs } from "./addons.ts";
import { charts } from "./charts.ts";
import { containerSecurity, createRelease } from "./release.ts";

/**
 * Brings pods into the target groups that the program owns, and does nothing else: it makes no load balancer, no
 * security group and no rule, so nothing of it is left when the cluster is gone.
 */
export function createLoadBalancerController(
  name: string,
  args: ClusterControllersArgs,
  parent: pulumi.Resource,
): k8s.helm.v3.Release {
  const chart = charts.loadBalancerController;
  const identity = new PodIdentity(
    name,
    {
      clusterName: args.clusterName,
      clusterArn: args.clusterArn,
      accountId: args.accountId,
      namespace: chart.namespace,
      serviceAccount: chart.serviceAccount,
      statements: controllerStatements(args.accountId, args.region),
    },
    { parent },
  );
  return createRelease(
    name,
    chart,
    {
      clusterName: args.clusterName,
      // Given, because with a hop limit of 1 the controller cannot ask the metadata of its node.
      region: args.region,
      vpcId: args.vpcId,
      replicaCount: 2,
      serviceAccount: { name: chart.serviceAccount },
      // Both belong to the program; the controller would otherwise want rights for them.
      enableShield: false,
      enableWafv2: false,
      enableBackendSecurityGroup: false,
      createIngressClassResource: false,
      enableServiceMutatorWebhook: false,
      podDisruptionBudget: { maxUnavailable: 1 },
      resources: {
        requests: { cpu: "100m", memory: "128Mi" },
        limits: { cpu: "500m", memory: "256Mi" },
      },
      securityContext: containerSecurity,
    },
    { parent, provider: args.kubernetesProvider, dependsOn: [identity, ...args.waitFor] },
  );
}

/** Registers addresses in target groups of this account; descriptions have no resources in IAM. */
export function controllerStatements(accountId: string, region: string): StatementInput[] {
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
