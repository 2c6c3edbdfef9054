import * as aws from "@pulumi/aws";
import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { ClusterArgs } from "./args.ts";
import type { ControlPlane } from "./control-plane.ts";

const administratorPolicy = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy";

/**
 * One entry for each administrator. EKS itself creates the entry of the nodes, with their node group.
 *
 * @returns The permissions of the administrators.
 */
export function createAccess(
  name: string,
  args: ClusterArgs,
  { clusterName, component }: ControlPlane,
  parent: pulumi.Resource,
): aws.eks.AccessPolicyAssociation[] {
  return Object.entries(args.administrators).map(([key, principalArn]) => {
    const entry = new aws.eks.AccessEntry(
      `${name}-${key}`,
      { clusterName, principalArn, type: "STANDARD" },
      // The plugin's component made the entries before 2026-11-26.
      { parent, aliases: [{ parent: component }] },
    );
    return new aws.eks.AccessPolicyAssociation(
      `${name}-${key}-admin`,
      { clusterName, principalArn, policyArn: administratorPolicy, accessScope: { type: "cluster" } },
      { parent: entry, dependsOn: [entry] },
    );
  });
}

/**
 * Provider for the objects of the cluster.
 *
 * @param permissions The provider waits for them, and a destroy takes them away after the last object. Otherwise the API
 *   server would refuse to delete the objects.
 */
export function createKubernetesProvider(
  name: string,
  args: ClusterArgs,
  { kubeconfig }: ControlPlane,
  permissions: readonly pulumi.Resource[],
  parent: pulumi.Resource,
): k8s.Provider {
  return new k8s.Provider(
    `${name}-kubernetes`,
    {
      kubeconfig,
      // Without it, a kubeconfig that is unknown in a preview would replace every Kubernetes object of the program.
      clusterIdentifier: args.clusterName,
      enableServerSideApply: true,
      // The program owns every field that it states. A field that kubectl changed in an emergency would end the next preview
      // with a conflict.
      enablePatchForce: true,
    },
    { parent, dependsOn: [...permissions] },
  );
}
