import type * as aws from "@pulumi/aws";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { refuse } from "../../base/core/index.ts";
import { createEarlyAddons, createLateAddons } from "./addons.ts";
import type { ClusterArgs } from "./args.ts";
import { clusterProblems } from "./check-args.ts";
import { createControlPlane } from "./control-plane.ts";
import { createNodeGroups } from "./node-groups.ts";
import { createSecurityGroups } from "./security-groups.ts";

/**
 * A Kubernetes cluster (EKS) with its nodes and the add-ons every cluster needs.
 *
 * Guarantees: secrets, logs and disks encrypted with keys of ours; access by API entries only, and only for the named
 * administrators; a public endpoint only for named ranges; nodes private, without SSH, with IMDSv2 only; every version
 * pinned. Replaced by: name, service CIDR, secrets key. A first creation takes about 20 minutes.
 *
 * Teardown runs the other way by the dependencies below: late add-ons, nodes, early add-ons, control plane, log group.
 */
export class Cluster extends pulumi.ComponentResource {
  readonly clusterName: pulumi.Output<string>;
  readonly clusterArn: pulumi.Output<string>;
  /** Address of the API server. */
  readonly endpoint: pulumi.Output<string>;
  /** Group of all nodes, and so of all pods; what data stores admit. */
  readonly nodeSecurityGroupId: pulumi.Output<string>;
  /** Made for this cluster; survives a new certificate or address without replacing what was made with it. */
  readonly kubernetesProvider: k8s.Provider;
  /** Group that the control plane logs to. */
  readonly logGroupName: pulumi.Output<string>;
  /** What pods with an AWS role wait for. */
  readonly podIdentityReady: readonly pulumi.Resource[];
  /** What pods wait for: nodes, and names inside the cluster. */
  readonly nodesReady: readonly pulumi.Resource[];

  constructor(name: string, args: ClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    super("task-platform:cluster:Cluster", name, {}, opts);
    const provider = this.getProvider("aws:eks/cluster:Cluster");
    refuse(`cluster "${name}"`, clusterProblems(args, provider !== undefined), this);

    const groups = createSecurityGroups(name, args, this);
    const controlPlane = createControlPlane(name, args, groups, this);
    const earlyAddons = createEarlyAddons(name, args, controlPlane, this);
    const nodes = createNodeGroups(name, args, { controlPlane, groups, earlyAddons }, this);
    const lateAddons = createLateAddons(name, args, controlPlane, nodes, this);

    this.logGroupName = controlPlane.logGroupName;
    this.clusterName = controlPlane.clusterName;
    this.clusterArn = controlPlane.cluster.arn;
    this.endpoint = controlPlane.cluster.endpoint;
    this.nodeSecurityGroupId = groups.nodes.id;
    this.kubernetesProvider = createKubernetesProvider(name, args, controlPlane.kubeconfig, this);
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

function createKubernetesProvider(
  name: string,
  args: ClusterArgs,
  kubeconfig: pulumi.Output<string>,
  parent: Cluster,
): k8s.Provider {
  return new k8s.Provider(
    `${name}-kubernetes`,
    {
      kubeconfig,
      // Without it a kubeconfig that is unknown in a preview would replace every Kubernetes object of the program.
      clusterIdentifier: args.clusterName,
      enableServerSideApply: true,
    },
    { parent },
  );
}
