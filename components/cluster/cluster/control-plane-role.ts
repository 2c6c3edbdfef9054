import type * as pulumi from "@pulumi/pulumi";
import { toPolicyJson } from "../../base/core/index.ts";
import { createRole, type ReadyRole } from "../../base/roles/index.ts";
import type { ClusterArgs } from "./args.ts";

/** Known before the cluster exists, because its name is fixed. */
export function clusterArn({ region, accountId, clusterName }: ClusterArgs): string {
  return `arn:aws:eks:${region}:${accountId}:cluster/${clusterName}`;
}

/** What the control plane may do in the account. EKS can assume the role for this cluster only. */
export function createControlPlaneRole(name: string, args: ClusterArgs, parent: pulumi.Resource): ReadyRole {
  const trust = toPolicyJson([
    {
      sid: "Assume",
      actions: ["sts:AssumeRole"],
      principals: { Service: ["eks.amazonaws.com"] },
      conditions: {
        StringEquals: { "aws:SourceAccount": args.accountId },
        ArnLike: { "aws:SourceArn": clusterArn(args) },
      },
    },
  ]);
  return createRole(
    `${name}-control-plane`,
    {
      description: `Control plane of ${args.clusterName}.`,
      trust,
      managedPolicies: ["AmazonEKSClusterPolicy"],
    },
    parent,
  );
}
