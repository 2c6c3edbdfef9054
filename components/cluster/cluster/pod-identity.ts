import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import {
  type Problem,
  podIdentityTrust,
  policyDocument,
  refuse,
  type StatementInput,
} from "../../base/core/index.ts";

export interface PodIdentityArgs {
  readonly clusterName: pulumi.Input<string>;
  readonly clusterArn: pulumi.Input<string>;
  readonly accountId: string;
  /** Namespace and account are in the trust policy: no other pod can take the role. */
  readonly namespace: string;
  readonly serviceAccount: string;
  /** All that the pods may do in AWS. */
  readonly statements: pulumi.Input<readonly StatementInput[]>;
}

/**
 * An AWS role for the pods of one service account.
 *
 * Guarantees: only pods of that cluster, namespace and account assume it. Pods get it at their start, so what runs them
 * must wait for this block; the agent of the cluster hands it out. Replaced by namespace and service account.
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
      // No input shows it: a pod that starts in between would hold a role that may nothing.
      { parent: this, dependsOn: [policy] },
    );
    this.roleArn = role.arn;
    this.registerOutputs({ roleArn: this.roleArn });
  }
}

const dnsLabel = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/;

function podIdentityProblems(args: PodIdentityArgs): Problem[] {
  const problems: Problem[] = [];
  for (const argument of ["namespace", "serviceAccount"] as const) {
    if (dnsLabel.test(args[argument])) continue;
    problems.push({
      argument,
      given: `"${args[argument]}"`,
      allowed: "1 to 63 lower-case letters, digits and hyphens; no wildcard",
      fix: "write the one name that the pods have",
    });
  }
  if (Array.isArray(args.statements) && args.statements.length === 0) {
    problems.push({
      argument: "statements",
      given: "none",
      allowed: "one statement or more",
      fix: "leave the block out where pods need nothing from AWS; IAM refuses an empty policy",
    });
  }
  return problems;
}
