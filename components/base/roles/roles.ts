import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** A role, and the policies that must be attached before anything uses it. */
export interface ReadyRole {
  readonly role: aws.iam.Role;
  readonly policies: readonly pulumi.Resource[];
}

export interface RoleArgs {
  readonly description: string;
  /** Trust policy, as JSON. */
  readonly trust: string;
  /** Names of policies that AWS manages, such as "AmazonEKSClusterPolicy". */
  readonly managedPolicies: readonly string[];
}

/** A role with policies that AWS manages. */
export function createRole(
  name: string,
  { description, trust, managedPolicies }: RoleArgs,
  parent: pulumi.Resource,
): ReadyRole {
  const role = new aws.iam.Role(name, { description, assumeRolePolicy: trust }, { parent });
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
