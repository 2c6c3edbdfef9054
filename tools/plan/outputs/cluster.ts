import { nameOf, type OutputContext, type OutputTable } from "./table.ts";

/** EKS, and the launch templates of its nodes. */
export const clusterOutputs = {
  "aws:eks/cluster:Cluster": (r) => {
    const name = nameOf(r);
    const identifier = r.hash.toUpperCase().padEnd(32, "0");
    return {
      id: name,
      name,
      arn: r.arn("eks", `cluster/${name}`),
      endpoint: `https://${identifier}.gr7.${r.region}.eks.amazonaws.com`,
      version: r.inputs.version,
      certificateAuthority: { data: Buffer.from(`certificate of ${name}`).toString("base64") },
      identities: [{ oidcs: [{ issuer: `https://oidc.eks.${r.region}.amazonaws.com/id/${identifier}` }] }],
      vpcConfig: { ...(r.inputs.vpcConfig as object), clusterSecurityGroupId: `sg-0e${r.hash}${r.hash}` },
    };
  },
  "aws:eks/nodeGroup:NodeGroup": (r) => {
    const nodeGroupName = nameOf(r, "nodeGroupName");
    return {
      id: `${clusterOf(r)}:${nodeGroupName}`,
      nodeGroupName,
      arn: r.arn("eks", `nodegroup/${clusterOf(r)}/${nodeGroupName}/${r.hash}`),
      resources: [
        { autoscalingGroups: [{ name: `eks-${nodeGroupName}-${r.hash}` }], remoteAccessSecurityGroupId: "" },
      ],
    };
  },
  "aws:eks/addon:Addon": (r) => ({
    id: `${clusterOf(r)}:${String(r.inputs.addonName)}`,
    arn: r.arn("eks", `addon/${clusterOf(r)}/${String(r.inputs.addonName)}/${r.hash}`),
  }),
  "aws:eks/accessEntry:AccessEntry": (r) => ({
    accessEntryArn: r.arn("eks", `access-entry/${clusterOf(r)}/role/${r.accountId}/${r.hash}`),
  }),
  "aws:eks/podIdentityAssociation:PodIdentityAssociation": (r) => ({
    associationId: `a-${r.hash}`,
    associationArn: r.arn("eks", `podidentityassociation/${clusterOf(r)}/a-${r.hash}`),
  }),
  "aws:ec2/launchTemplate:LaunchTemplate": () => ({ latestVersion: 1, defaultVersion: 1 }),
} satisfies OutputTable;

function clusterOf(r: OutputContext): string {
  return String(r.inputs.clusterName);
}
