import { ec2Tags, grantOnKey, type TypeActions } from "./shared-actions.ts";

/** EKS and the pod identities. Roles are in role-statements.ts. Sources: see network-actions.ts. */
export const clusterActions: TypeActions = {
  // EKS tests the template with the permissions of its caller when it makes the node group.
  "aws:ec2/launchTemplate:LaunchTemplate": [
    "ec2:CreateLaunchTemplate",
    "ec2:CreateLaunchTemplateVersion",
    "ec2:DeleteLaunchTemplate",
    "ec2:ModifyLaunchTemplate",
    ...ec2Tags,
  ],
  "aws:eks/accessEntry:AccessEntry": [
    "eks:CreateAccessEntry",
    "eks:DeleteAccessEntry",
    "eks:TagResource",
    "eks:UntagResource",
    "eks:UpdateAccessEntry",
  ],
  "aws:eks/accessPolicyAssociation:AccessPolicyAssociation": [
    "eks:AssociateAccessPolicy",
    "eks:DisassociateAccessPolicy",
  ],
  // An add-on with a role makes its pod identity association itself.
  "aws:eks/addon:Addon": [
    "eks:CreateAddon",
    "eks:CreatePodIdentityAssociation",
    "eks:DeleteAddon",
    "eks:DeletePodIdentityAssociation",
    "eks:TagResource",
    "eks:UntagResource",
    "eks:UpdateAddon",
    "eks:UpdatePodIdentityAssociation",
  ],
  "aws:eks/cluster:Cluster": [
    "eks:CreateCluster",
    "eks:DeleteCluster",
    "eks:TagResource",
    "eks:UntagResource",
    "eks:UpdateClusterConfig",
    "eks:UpdateClusterVersion",
    ...grantOnKey,
  ],
  "aws:eks/nodeGroup:NodeGroup": [
    "ec2:RunInstances",
    "eks:CreateNodegroup",
    "eks:DeleteNodegroup",
    "eks:TagResource",
    "eks:UntagResource",
    "eks:UpdateNodegroupConfig",
    "eks:UpdateNodegroupVersion",
    ...ec2Tags,
  ],
  "aws:eks/podIdentityAssociation:PodIdentityAssociation": [
    "eks:CreatePodIdentityAssociation",
    "eks:DeletePodIdentityAssociation",
    "eks:TagResource",
    "eks:UntagResource",
    "eks:UpdatePodIdentityAssociation",
  ],
};
