import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { podIdentityTrust, policyDocument, serviceTrust, toPolicyJson } from "../../base/core/index.ts";
import type { ClusterArgs } from "./args.ts";

/** A role, and what must exist before it can do its work. */
export interface ReadyRole {
  readonly role: aws.iam.Role;
  readonly policies: readonly pulumi.Resource[];
}

/** Known before the cluster exists, because its name is fixed. */
export function clusterArn({ region, accountId, clusterName }: ClusterArgs): string {
  return `arn:aws:eks:${region}:${accountId}:cluster/${clusterName}`;
}

/** What the control plane does in the account: only this cluster can make EKS take the role. */
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
    `Control plane of ${args.clusterName}.`,
    trust,
    ["AmazonEKSClusterPolicy"],
    parent,
  );
}

/**
 * What a node itself may do: join the cluster and pull images. Addresses of pods and volumes are the business of the
 * add-ons, which hold roles of their own, so a pod that reached the credentials of its node could do neither.
 */
export function createNodeRole(name: string, args: ClusterArgs, parent: pulumi.Resource): ReadyRole {
  return createRole(
    `${name}-nodes`,
    `Nodes of ${args.clusterName}.`,
    // No source account: EC2 sends none when it hands a role to an instance.
    serviceTrust("ec2.amazonaws.com"),
    ["AmazonEKSWorkerNodePolicy", "AmazonEC2ContainerRegistryPullOnly"],
    parent,
  );
}

/** Gives pods their addresses. */
export function createNetworkAddonRole(name: string, args: ClusterArgs, parent: pulumi.Resource): ReadyRole {
  return createAddonRole(`${name}-vpc-cni`, "aws-node", "AmazonEKS_CNI_Policy", args, parent);
}

/** Makes volumes, and uses the key they are encrypted with, which the managed policy knows nothing of. */
export function createVolumeAddonRole(name: string, args: ClusterArgs, parent: pulumi.Resource): ReadyRole {
  const { role, policies } = createAddonRole(
    `${name}-ebs-csi`,
    "ebs-csi-controller-sa",
    // The second version touches only volumes that the driver itself has made, which it knows by their tag.
    "AmazonEBSCSIDriverPolicyV2",
    args,
    parent,
  );
  const key = new aws.iam.RolePolicy(
    `${name}-ebs-csi-key`,
    {
      role: role.name,
      policy: policyDocument([
        {
          sid: "VolumeKey",
          actions: [
            "kms:Decrypt",
            "kms:DescribeKey",
            "kms:GenerateDataKeyWithoutPlaintext",
            "kms:ReEncryptFrom",
            "kms:ReEncryptTo",
          ],
          resources: [args.diskKeyArn],
        },
        {
          sid: "VolumeKeyGrants",
          actions: ["kms:CreateGrant"],
          resources: [args.diskKeyArn],
          // EC2 takes the grant when it attaches a volume; the driver cannot hand the key to anybody else.
          conditions: { Bool: { "kms:GrantIsForAWSResource": "true" } },
        },
      ]),
    },
    { parent },
  );
  return { role, policies: [...policies, key] };
}

function createAddonRole(
  name: string,
  serviceAccount: string,
  policy: string,
  args: ClusterArgs,
  parent: pulumi.Resource,
): ReadyRole {
  const trust = podIdentityTrust({
    clusterArn: clusterArn(args),
    namespace: "kube-system",
    serviceAccount,
    accountId: args.accountId,
  });
  return createRole(name, `Pods of kube-system/${serviceAccount}.`, trust, [policy], parent);
}

function createRole(
  name: string,
  description: string,
  assumeRolePolicy: string,
  managedPolicies: readonly string[],
  parent: pulumi.Resource,
): ReadyRole {
  const role = new aws.iam.Role(name, { description, assumeRolePolicy }, { parent });
  const policies = managedPolicies.map(
    (policy) =>
      new aws.iam.RolePolicyAttachment(
        `${name}-${policy.split("/").at(-1)}`,
        { role: role.name, policyArn: `arn:aws:iam::aws:policy/${policy}` },
        { parent },
      ),
  );
  return { role, policies };
}
