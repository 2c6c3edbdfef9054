import type { OutputTable } from "./types.ts";

/** Outputs of EKS beyond the generic ones. */
export const clusterOutputs = {
  "aws:eks/nodeGroup:NodeGroup": (r) => {
    const nodeGroupName = String(r.inputs.nodeGroupName ?? `${r.name}-${r.hash.slice(0, 7)}`);
    return {
      nodeGroupName,
      arn: r.arn("eks", `nodegroup/${String(r.inputs.clusterName)}/${nodeGroupName}/${r.hash}`),
      resources: [
        { autoscalingGroups: [{ name: `eks-${nodeGroupName}-${r.hash}` }], remoteAccessSecurityGroupId: "" },
      ],
    };
  },
  "aws:eks/accessEntry:AccessEntry": (r) => ({
    accessEntryArn: r.arn(
      "eks",
      `access-entry/${String(r.inputs.clusterName)}/role/${r.accountId}/${r.hash}`,
    ),
  }),
  "aws:eks/podIdentityAssociation:PodIdentityAssociation": (r) => ({
    associationId: `a-${r.hash}`,
    associationArn: r.arn("eks", `podidentityassociation/${String(r.inputs.clusterName)}/a-${r.hash}`),
  }),
} satisfies OutputTable;
