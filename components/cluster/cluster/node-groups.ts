import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { EarlyAddons } from "./addons.ts";
import type { ClusterArgs } from "./args.ts";
import type { ControlPlane } from "./control-plane.ts";
import { amiType, parseInstanceType } from "./instance-types.ts";
import { nodeUserData } from "./node-user-data.ts";
import { type NodePool, nodePoolLabel, nodePools, systemTaintKey } from "./pools.ts";
import { createNodeRole, type ReadyRole } from "./roles.ts";
import type { SecurityGroups } from "./security-groups.ts";
import type { NodeGroupSettings } from "./settings.ts";
import { nodeGroupTimeouts } from "./timeouts.ts";
import { kubernetesVersion } from "./versions.ts";
import { byZone } from "./zones.ts";

/** What nodes stand on. */
export interface NodeFoundations {
  readonly controlPlane: ControlPlane;
  readonly groups: SecurityGroups;
  readonly earlyAddons: EarlyAddons;
}

/** One managed group a pool, each over all zones. */
export function createNodeGroups(
  name: string,
  args: ClusterArgs,
  on: NodeFoundations,
  parent: pulumi.Resource,
): aws.eks.NodeGroup[] {
  const role = createNodeRole(name, args, parent);
  return nodePools.map((pool) => {
    const group = args.settings.nodeGroups[pool];
    const template = createLaunchTemplate(`${name}-${pool}`, args, pool, group, on, parent);
    return createNodeGroup(`${name}-${pool}`, args, pool, { template, role, ...on }, parent);
  });
}

function createLaunchTemplate(
  name: string,
  args: ClusterArgs,
  pool: NodePool,
  group: NodeGroupSettings,
  on: NodeFoundations,
  parent: pulumi.Resource,
): aws.ec2.LaunchTemplate {
  const tags = { ...args.tags, Name: `${args.clusterName}-${pool}` };
  // No key pair and no network interface: nobody signs in, and subnets decide that there is no public address. No image
  // and no instance type either: the group decides both, and EKS then keeps the image current with the release.
  return new aws.ec2.LaunchTemplate(
    name,
    {
      description: `Nodes of ${args.clusterName}, pool ${pool}.`,
      // Naming one group makes EKS leave out its own, which nodes need to reach the control plane.
      vpcSecurityGroupIds: [on.controlPlane.cluster.vpcConfig.clusterSecurityGroupId, on.groups.nodes.id],
      metadataOptions: {
        httpEndpoint: "enabled",
        httpTokens: "required",
        // One hop ends at the node: a pod cannot ask for the credentials of its node.
        httpPutResponseHopLimit: 1,
        instanceMetadataTags: "disabled",
      },
      blockDeviceMappings: [
        {
          deviceName: "/dev/xvda", // The root device of AL2023.
          ebs: {
            volumeType: "gp3",
            volumeSize: group.diskGiB,
            encrypted: "true",
            kmsKeyId: args.diskKeyArn,
            deleteOnTermination: "true",
          },
        },
      ],
      // By the minute instead of every five, so that an alarm is not late. About 2 USD a month a node.
      monitoring: { enabled: true },
      userData: Buffer.from(nodeUserData()).toString("base64"),
      tagSpecifications: ["instance", "volume", "network-interface"].map((resourceType) => ({
        resourceType,
        tags,
      })),
    },
    { parent },
  );
}

interface NodeGroupParts extends NodeFoundations {
  readonly template: aws.ec2.LaunchTemplate;
  readonly role: ReadyRole;
}

function createNodeGroup(
  name: string,
  args: ClusterArgs,
  pool: NodePool,
  on: NodeGroupParts,
  parent: pulumi.Resource,
): aws.eks.NodeGroup {
  const { settings } = args;
  const group = settings.nodeGroups[pool];
  const [firstType] = group.instanceTypes.flatMap((type) => parseInstanceType(type) ?? []);
  return new aws.eks.NodeGroup(
    name,
    {
      // No name of ours: with a random suffix a group that must be replaced is made before the old one is drained.
      clusterName: on.controlPlane.clusterName,
      nodeRoleArn: on.role.role.arn,
      subnetIds: byZone(args.nodeSubnetIds),
      version: settings.version,
      releaseVersion: kubernetesVersion(settings.version).nodeRelease,
      amiType: amiType(firstType?.architecture ?? "arm64"), // Types were checked: there is a first one.
      capacityType: group.capacityType === "spot" ? "SPOT" : "ON_DEMAND",
      instanceTypes: [...group.instanceTypes],
      launchTemplate: {
        id: on.template.id,
        version: on.template.latestVersion.apply(String),
      },
      scalingConfig: { minSize: group.minNodes, maxSize: group.maxNodes, desiredSize: group.minNodes },
      // A third at a time is one zone of three: the budgets of workloads expect no more.
      updateConfig: { maxUnavailablePercentage: 33 },
      nodeRepairConfig: { enabled: true },
      labels: { [nodePoolLabel]: pool },
      ...(pool === "system"
        ? { taints: [{ key: systemTaintKey, value: "true", effect: "NO_SCHEDULE" }] }
        : {}),
      tags: { Name: `${args.clusterName}-${pool}` },
    },
    {
      parent,
      // The autoscaler moves it all day.
      ignoreChanges: ["scalingConfig.desiredSize"],
      customTimeouts: nodeGroupTimeouts,
      // Orders no input shows: nodes join with network and identity in place, and leave before those do.
      dependsOn: [...Object.values<aws.eks.Addon>(on.earlyAddons), ...on.role.policies],
    },
  );
}
