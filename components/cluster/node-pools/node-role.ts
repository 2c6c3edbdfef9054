import type * as pulumi from "@pulumi/pulumi";
import { serviceTrust } from "../../base/core/index.ts";
import { createRole, type ReadyRole } from "../../base/roles/index.ts";

/**
 * What a node itself may do: join the cluster and pull images. The add-ons for pod addresses and volumes have roles of
 * their own, so a pod that reaches the credentials of its node can manage neither.
 */
export function createNodeRole(name: string, clusterName: string, parent: pulumi.Resource): ReadyRole {
  return createRole(
    `${name}-nodes`,
    {
      description: `Nodes of ${clusterName}.`,
      // No source account: EC2 sends none when it gives a role to an instance.
      trust: serviceTrust("ec2.amazonaws.com"),
      managedPolicies: ["AmazonEKSWorkerNodePolicy", "AmazonEC2ContainerRegistryPullOnly"],
    },
    parent,
  );
}
