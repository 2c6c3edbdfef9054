import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { ReadyRole } from "../../base/roles/index.ts";
import type { NodePoolsArgs } from "./args.ts";
import { type PlannedGroup, planGroups } from "./groups.ts";
import { amiType, parseInstanceType } from "./instance-types.ts";
import { createLaunchTemplate } from "./launch-template.ts";
import { createNodeRole } from "./node-role.ts";
import { type NodePool, nodePoolLabel, nodePools, systemTaintKey } from "./placement.ts";

/** An update drains one node after the other, and a disruption budget may hold each for 15 minutes. */
const timeouts: pulumi.CustomTimeouts = { create: "30m", update: "3h", delete: "1h" };

/** The managed node groups of each node pool. */
export function createNodePools(
  name: string,
  args: NodePoolsArgs,
  parent: pulumi.Resource,
): aws.eks.NodeGroup[] {
  const role = createNodeRole(name, args.clusterName, parent);
  // In the order of their ids, so that the order in which a caller lists zones makes no difference.
  const zones = Object.keys(args.subnetIds).toSorted();
  return nodePools.flatMap((nodePool) => {
    const template = createLaunchTemplate(`${name}-${nodePool}`, args, nodePool, parent);
    return planGroups(nodePool, args.nodeGroups[nodePool], zones).map((group) =>
      createNodeGroup(name, args, nodePool, { group, template, role }, parent),
    );
  });
}

/** What the node groups of one pool share, and what differs. */
interface GroupParts {
  readonly group: PlannedGroup;
  readonly template: aws.ec2.LaunchTemplate;
  readonly role: ReadyRole;
}

function createNodeGroup(
  name: string,
  args: NodePoolsArgs,
  nodePool: NodePool,
  { group, template, role }: GroupParts,
  parent: pulumi.Resource,
): aws.eks.NodeGroup {
  const { capacityType, instanceTypes } = args.nodeGroups[nodePool];
  const { suffix, zones, minNodes, maxNodes, formerSuffix } = group;
  const [firstType] = instanceTypes.flatMap((type) => parseInstanceType(type) ?? []);
  return new aws.eks.NodeGroup(
    `${name}-${suffix}`,
    {
      // No fixed name: with a random suffix, a replacement is created before the old group is drained.
      clusterName: args.readyClusterName,
      nodeRoleArn: role.role.arn,
      subnetIds: zones.flatMap((zone) => args.subnetIds[zone] ?? []),
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
      // A third at a time, and one of a small group. The disruption budgets of workloads decide how fast their pods leave.
      updateConfig: { maxUnavailablePercentage: 33 },
      nodeRepairConfig: { enabled: true },
      labels: { [nodePoolLabel]: nodePool },
      ...(nodePool === "system"
        ? { taints: [{ key: systemTaintKey, value: "true", effect: "NO_SCHEDULE" }] }
        : {}),
      tags: { Name: `${args.clusterName}-${suffix}` },
    },
    {
      parent,
      ...(formerSuffix === undefined ? {} : { aliases: [{ name: `${name}-${formerSuffix}` }] }),
      // The cluster autoscaler changes it all day.
      ignoreChanges: ["scalingConfig.desiredSize"],
      customTimeouts: timeouts,
      // No input shows these orders: nodes join after the early add-ons and their policies, and leave before them.
      dependsOn: [...args.waitFor, ...role.policies],
    },
  );
}
