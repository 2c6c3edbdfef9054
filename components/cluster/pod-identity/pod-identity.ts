import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { podIdentityTrust, policyDocument, refuse } from "../../base/core/index.ts";
import type { PodIdentityArgs } from "./args.ts";
import { podIdentityProblems } from "./check.ts";

/**
 * An AWS role for the pods of one service account.
 *
 * Guarantees: only pods of this cluster, namespace and service account can assume the role. A pod gets the role when it
 * starts, from the agent of the cluster, so workloads must wait for this block. A new namespace or service account
 * replaces the association.
 */
export class PodIdentity extends pulumi.ComponentResource {
  readonly roleArn: pulumi.Output<string>;

  constructor(name: string, args: PodIdentityArgs, opts?: pulumi.ComponentResourceOptions) {
    super("task-platform:cluster:PodIdentity", name, {}, opts);
    refuse(`pod identity "${name}"`, podIdentityProblems(args), this);

    const { accountId, namespace, serviceAccount } = args;
    const role = new aws.iam.Role(
      name,
      {
        description: `Pods of ${namespace}/${serviceAccount}.`,
        assumeRolePolicy: pulumi
          .output(args.clusterArn)
          .apply((clusterArn) => podIdentityTrust({ clusterArn, namespace, serviceAccount, accountId })),
      },
      { parent: this },
    );
    const policy = new aws.iam.RolePolicy(
      name,
      { role: role.name, policy: policyDocument(args.statements) },
      { parent: this },
    );
    new aws.eks.PodIdentityAssociation(
      name,
      { clusterName: args.clusterName, namespace, serviceAccount, roleArn: role.arn },
      // No input shows this order: a pod that starts before the policy exists would have a role without permissions.
      { parent: this, dependsOn: [policy] },
    );
    this.roleArn = role.arn;
    this.registerOutputs({ roleArn: this.roleArn });
  }
}
