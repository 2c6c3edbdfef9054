import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { ReadyRole } from "../../base/roles/index.ts";
import type { NodePoolsArgs } from "./args.ts";
import { amiType, parseInstanceType } from "./instance-types.ts";
import { createLaunchTemplate } from "./launch-template.ts";
import { createNodeRole } from "./node-role.ts";
import { type NodePool, nodePoolLabel, nodePools, systemTaintKey } from "./placement.ts";

/** An update drains one node after the other, and a disruption budget may hold each for 15 minutes. */
const timeouts: pulumi.CustomTimeouts = { create: "30m", update: "3h", delete: "1h" };

/** One managed node group for each node pool, each over all zones. */
export function createNodePools(
  name: string,
  args: NodePoolsArgs,
  parent: pulumi.Resource,
): aws.eks.NodeGroup[] {
  const role = createNodeRole(name, args.clusterName, parent);
  return nodePools.map((nodePool) => {
    const template = createLaunchTemplate(`${name}-${nodePool}`, args, nodePool, parent);
    return createNodeGroup(`${name}-${nodePool}`, args, nodePool, { template, role }, parent);
  });
}

function createNodeGroup(
  name: string,
  args: NodePoolsArgs,
  nodePool: NodePool,
  { template, role }: { readonly template: aws.ec2.LaunchTemplate; readonly role: ReadyRole },
  parent: pulumi.Resource,
): aws.eks.NodeGroup {
  const { capacityType, instanceTypes, minNodes, maxNodes } = args.nodeGroups[nodePool];
  const [firstType] = instanceTypes.flatMap((type) => parseInstanceType(type) ?? []);
  return new aws.eks.NodeGroup(
    name,
    {
      // No fixed name: with a random suffix, a replacement is created before the old group is drained.
      clusterName: args.readyClusterName,
      nodeRoleArn: role.role.arn,
      subnetIds: [...args.subnetIds],
      version: args.kubernetesVersion,
      releaseVersion: args.nodeRelease,
      amiType: amiType(firstType?.architecture ?? "arm64"), // The checks refuse a group without a known type.
      capacityType: capacityType === "spot" ? "SPOT" : "ON_DEMAND",
      instanceTypes: [...instanceTypes],
      launchTemplate: {
        id: template.id,
        version: template.latestVersion.apply(String),
      },
      scalingConfig: { minSize: minNodes, maxSize: maxNodes, desiredSize: minNodes },
      // A third at a time is one zone of three: the disruption budgets of workloads expect no more.
      updateConfig: { maxUnavailablePercentage: 33 },
      nodeRepairConfig: { enabled: true },
      labels: { [nodePoolLabel]: nodePool },
      ...(nodePool === "system"
        ? { taints: [{ key: systemTaintKey, value: "true", effect: "NO_SCHEDULE" }] }
        : {}),
      tags: { Name: `${args.clusterName}-${nodePool}` },
    },
    {
      parent,
      // The cluster autoscaler changes it all day.
      ignoreChanges: ["scalingConfig.desiredSize"],
      customTimeouts: timeouts,
      // No input shows these orders: nodes join after the early add-ons and their policies, and leave before them.
      dependsOn: [...args.waitFor, ...role.policies],
    },
  );
}
