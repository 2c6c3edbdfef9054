import { ec2Tags, grantOnKey, type TypeActions } from "./deploy-calls.ts";

/** EKS and the roles of pods. Roles themselves are in role-statements.ts. Sources: see deploy-network.ts. */
export const clusterActions: TypeActions = {
  // Nodes come of it when the group is made: EKS tries the template in the name of who calls.
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
  // An add-on with a role makes the association of its pods itself.
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
