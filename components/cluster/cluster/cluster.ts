import type * as aws from "@pulumi/aws";
import type * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { refuse } from "../../base/core/index.ts";
import {
  createEarlyAddons,
  createLateAddons,
  type EarlyAddons,
  type EksAddonsArgs,
} from "../eks-addons/index.ts";
import { createNodePools } from "../node-pools/index.ts";
import { createAccess, createKubernetesProvider } from "./access.ts";
import type { ClusterArgs } from "./args.ts";
import { clusterProblems } from "./check.ts";
import { type ControlPlane, createControlPlane } from "./control-plane.ts";
import { clusterArn } from "./control-plane-role.ts";
import { createSecurityGroups, type SecurityGroups } from "./security-groups.ts";
import { kubernetesVersion } from "./versions.ts";

/**
 * A Kubernetes cluster (EKS) with its nodes and the add-ons every cluster needs.
 *
 * Guarantees: secrets, logs and disks are encrypted with our keys; access is by API entries only, and only for the named
 * administrators; a public endpoint admits named ranges only; nodes are private, without SSH, with IMDSv2 only; every
 * version is pinned. Name, service CIDR and secrets key replace the cluster. A first creation takes about 20 minutes.
 *
 * The dependencies make a destroy go in the reverse order: late add-ons, nodes, early add-ons, control plane, log group.
 */
export class Cluster extends pulumi.ComponentResource {
  readonly clusterName: pulumi.Output<string>;
  readonly clusterArn: pulumi.Output<string>;
  /** Address of the API server. */
  readonly endpoint: pulumi.Output<string>;
  /** The group that EKS makes. Its members, the control plane and the nodes, reach each other on every port. */
  readonly clusterSecurityGroupId: pulumi.Output<string>;
  /** Security group of all nodes, and so of all pods. Data stores admit it. */
  readonly nodeSecurityGroupId: pulumi.Output<string>;
  /** For the objects of this cluster. A new certificate or address of the API server does not replace them. */
  readonly kubernetesProvider: k8s.Provider;
  /** Log group of the control plane. */
  readonly logGroupName: pulumi.Output<string>;
  /** Pods with an AWS role wait for it. */
  readonly podIdentityReady: readonly pulumi.Resource[];
  /** Pods wait for it: nodes, and DNS inside the cluster. */
  readonly nodesReady: readonly pulumi.Resource[];

  constructor(name: string, args: ClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    super("task-platform:cluster:Cluster", name, {}, opts);
    const provider = this.getProvider("aws:eks/cluster:Cluster");
    refuse(`cluster "${name}"`, clusterProblems(args, provider !== undefined), this);

    const groups = createSecurityGroups(name, args, this);
    const controlPlane = createControlPlane(name, args, groups, this);
    const permissions = createAccess(name, args, controlPlane, this);
    const addonsArgs = toAddonsArgs(args, controlPlane);
    const earlyAddons = createEarlyAddons(name, addonsArgs, this);
    const nodes = createNodes(name, args, { controlPlane, groups, earlyAddons }, this);
    const lateAddons = createLateAddons(name, addonsArgs, nodes, this);

    this.logGroupName = controlPlane.logGroupName;
    this.clusterName = controlPlane.clusterName;
    this.clusterArn = controlPlane.cluster.arn;
    this.endpoint = controlPlane.cluster.endpoint;
    this.clusterSecurityGroupId = controlPlane.cluster.vpcConfig.clusterSecurityGroupId;
    this.nodeSecurityGroupId = groups.nodes.id;
    this.kubernetesProvider = createKubernetesProvider(name, args, controlPlane, permissions, this);
    this.podIdentityReady = [earlyAddons["eks-pod-identity-agent"]];
    this.nodesReady = [...nodes, ...Object.values<aws.eks.Addon>(lateAddons)];
    this.registerOutputs({
      clusterName: this.clusterName,
      clusterArn: this.clusterArn,
      endpoint: this.endpoint,
      nodeSecurityGroupId: this.nodeSecurityGroupId,
    });
  }
}

function toAddonsArgs(args: ClusterArgs, controlPlane: ControlPlane): EksAddonsArgs {
  return {
    versions: kubernetesVersion(args.settings.version).addons,
    readyClusterName: controlPlane.clusterName,
    clusterArn: clusterArn(args),
    accountId: args.accountId,
    zones: Object.keys(args.nodeSubnetIds).length,
    diskKeyArn: args.diskKeyArn,
  };
}

interface NodeFoundations {
  readonly controlPlane: ControlPlane;
  readonly groups: SecurityGroups;
  readonly earlyAddons: EarlyAddons;
}

function createNodes(
  name: string,
  args: ClusterArgs,
  { controlPlane, groups, earlyAddons }: NodeFoundations,
  parent: Cluster,
): aws.eks.NodeGroup[] {
  const { version, nodeGroups } = args.settings;
  return createNodePools(
    name,
    {
      nodeGroups,
      clusterName: args.clusterName,
      readyClusterName: controlPlane.clusterName,
      kubernetesVersion: version,
      nodeRelease: kubernetesVersion(version).nodeRelease,
      subnetIds: args.nodeSubnetIds,
      // A launch template that names a group makes EKS leave out its own, which nodes need to reach the control plane.
      securityGroupIds: [controlPlane.cluster.vpcConfig.clusterSecurityGroupId, groups.nodes.id],
      diskKeyArn: args.diskKeyArn,
      ...(args.tags === undefined ? {} : { tags: args.tags }),
      waitFor: Object.values<aws.eks.Addon>(earlyAddons),
    },
    parent,
  );
}
