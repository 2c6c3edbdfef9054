import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { platform, policyDocument, refuse, type StatementInput } from "../../base/core/index.ts";
import { changeStatements, roleStatements } from "../deploy-permissions/index.ts";
import type { PipelineRolesArgs } from "./args.ts";
import { checkPipelineRolesArgs } from "./check.ts";
import { deployStatements, previewStatements } from "./statements.ts";

/** IAM path of the pipeline's own roles and policies. The deploy role may not write there. */
export const pipelineRolePath = `/${platform.name}-github/`;

const issuer = "token.actions.githubusercontent.com";
const audience = "sts.amazonaws.com";

/** A preview of a large stack lasts minutes, a first deploy with Kafka more than an hour. */
const sessionSeconds = { preview: 3600, deploy: 7200 };

/**
 * The roles that GitHub Actions assumes in an account, without access keys: `preview` for pull requests reads settings but
 * no content, `deploy` is for one protected environment.
 *
 * A pull request can change its own workflow, so its author has every permission of `preview`.
 */
export class PipelineRoles extends pulumi.ComponentResource {
  readonly previewRoleArn: pulumi.Output<string>;
  readonly deployRoleArn: pulumi.Output<string>;

  constructor(name: string, args: PipelineRolesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("task-platform:identity:GithubRoles", name, {}, opts);
    refuse(`pipeline roles "${name}"`, checkPipelineRolesArgs(args), this);

    const subject = `repo:${args.repository}`;
    const role = (key: "preview" | "deploy", sub: string, statements: readonly StatementInput[]) =>
      createRole(name, key, args, { subject: sub, statements }, this);
    this.previewRoleArn = role("preview", `${subject}:pull_request`, previewStatements(args)).arn;
    const deploy = role("deploy", `${subject}:environment:${args.environment}`, deployStatements(args));
    createChangePolicies(name, args, deploy, this);
    this.deployRoleArn = deploy.arn;
    this.registerOutputs({ previewRoleArn: this.previewRoleArn, deployRoleArn: this.deployRoleArn });
  }
}

function createRole(
  name: string,
  key: "preview" | "deploy",
  args: PipelineRolesArgs,
  bound: { readonly subject: string; readonly statements: readonly StatementInput[] },
  parent: PipelineRoles,
): aws.iam.Role {
  const trust = policyDocument([
    {
      sid: "GithubActions",
      actions: ["sts:AssumeRoleWithWebIdentity"],
      principals: { Federated: [args.providerArn] },
      // Exact values: a pattern in the subject could match other repositories.
      conditions: { StringEquals: { [`${issuer}:aud`]: audience, [`${issuer}:sub`]: bound.subject } },
    },
  ]);
  const role = new aws.iam.Role(
    `${name}-${key}`,
    {
      name: `${args.rolePrefix}-${key}`,
      // Outside the path that the deploy role may change, so that it cannot change itself.
      path: pipelineRolePath,
      assumeRolePolicy: trust,
      maxSessionDuration: sessionSeconds[key],
    },
    { parent },
  );
  new aws.iam.RolePolicy(
    `${name}-${key}`,
    { role: role.id, policy: policyDocument([...bound.statements]) },
    { parent },
  );
  return role;
}

/**
 * Permissions to change resources and roles, in managed policies: all inline policies of a role together have at most
 * 10,240 characters. The role may not write to their path, so only people can apply a change of these permissions.
 */
function createChangePolicies(
  name: string,
  args: PipelineRolesArgs,
  role: aws.iam.Role,
  parent: PipelineRoles,
): void {
  for (const [area, statements] of Object.entries({
    ...changeStatements(args),
    roles: roleStatements(args),
  })) {
    const policy = new aws.iam.Policy(
      `${name}-deploy-${area}`,
      {
        name: `${args.rolePrefix}-deploy-${area}`,
        path: pipelineRolePath,
        policy: policyDocument([...statements]),
      },
      { parent },
    );
    new aws.iam.RolePolicyAttachment(
      `${name}-deploy-${area}`,
      { role: role.name, policyArn: policy.arn },
      { parent },
    );
  }
}
