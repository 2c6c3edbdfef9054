import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { podIdentityTrust, policyDocument } from "../../base/core/index.ts";
import { createRole, type ReadyRole } from "../../base/roles/index.ts";
import type { EksAddonsArgs } from "./args.ts";

/** The role of an add-on, and the service account that holds it. */
export interface AddonRole extends ReadyRole {
  readonly serviceAccount: string;
}

/** Lets the network add-on give pods their addresses. */
export function createNetworkRole(name: string, args: EksAddonsArgs, parent: pulumi.Resource): AddonRole {
  return createAddonRole(`${name}-vpc-cni`, "aws-node", "AmazonEKS_CNI_Policy", args, parent);
}

/** Lets the volume add-on create volumes and use the key that encrypts them; the managed policy does not cover the key. */
export function createVolumeRole(name: string, args: EksAddonsArgs, parent: pulumi.Resource): AddonRole {
  const role = createAddonRole(
    `${name}-ebs-csi`,
    "ebs-csi-controller-sa",
    // The second version allows changes only to volumes that carry the tag of the driver.
    "AmazonEBSCSIDriverPolicyV2",
    args,
    parent,
  );
  const key = new aws.iam.RolePolicy(
    `${name}-ebs-csi-key`,
    {
      role: role.role.name,
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
          // EC2 uses the grant when it attaches a volume; the driver cannot grant the key to anybody else.
          conditions: { Bool: { "kms:GrantIsForAWSResource": "true" } },
        },
      ]),
    },
    { parent },
  );
  return { ...role, policies: [...role.policies, key] };
}

function createAddonRole(
  name: string,
  serviceAccount: string,
  managedPolicy: string,
  { clusterArn, accountId }: EksAddonsArgs,
  parent: pulumi.Resource,
): AddonRole {
  const namespace = "kube-system";
  const role = createRole(
    name,
    {
      description: `Pods of ${namespace}/${serviceAccount}.`,
      trust: podIdentityTrust({ clusterArn, namespace, serviceAccount, accountId }),
      managedPolicies: [managedPolicy],
    },
    parent,
  );
  return { ...role, serviceAccount };
}
