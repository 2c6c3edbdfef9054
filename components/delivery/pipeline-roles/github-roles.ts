import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument, refuse, type StatementInput } from "../../base/core/index.ts";
import { githubProblems } from "./check-github.ts";
import { qualified } from "./deploy-actions.ts";
import { changeStatements, serviceStatements, topicResources } from "./deploy-statements.ts";
import type { GithubRolesArgs } from "./github-args.ts";
import { readActions, topicReads } from "./read-actions.ts";
import { githubPath, roleStatements } from "./role-statements.ts";

const issuer = "token.actions.githubusercontent.com";
const audience = "sts.amazonaws.com";

/** A preview of a large stack takes minutes, a first deploy with Kafka more than an hour. */
const sessionSeconds = { preview: 3600, deploy: 7200 };

/**
 * What GitHub Actions may do in an account, without a key: `preview` for pull requests, which reads settings and no
 * content, and `deploy` for one protected environment.
 *
 * A pull request can change the workflow that runs it, so whatever `preview` may do, its author may do.
 */
export class GithubRoles extends pulumi.ComponentResource {
  readonly previewRoleArn: pulumi.Output<string>;
  readonly deployRoleArn: pulumi.Output<string>;

  constructor(name: string, args: GithubRolesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("task-platform:identity:GithubRoles", name, {}, opts);
    refuse(`github roles "${name}"`, githubProblems(args), this);

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
  args: GithubRolesArgs,
  bound: { readonly subject: string; readonly statements: readonly StatementInput[] },
  parent: GithubRoles,
): aws.iam.Role {
  const trust = policyDocument([
    {
      sid: "GithubActions",
      actions: ["sts:AssumeRoleWithWebIdentity"],
      principals: { Federated: [args.providerArn] },
      // Both exactly: a pattern in the subject is how other repositories get in.
      conditions: { StringEquals: { [`${issuer}:aud`]: audience, [`${issuer}:sub`]: bound.subject } },
    },
  ]);
  const role = new aws.iam.Role(
    `${name}-${key}`,
    {
      name: `${args.rolePrefix}-${key}`,
      // Outside of the path that the deploy role may change: it cannot change itself.
      path: githubPath,
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
 * What a deploy changes, in policies of their own: all inline policies of a role together may have 10,240 characters.
 * They are where the role may not write, so a change of what a deploy may do is applied by people.
 */
function createChangePolicies(
  name: string,
  args: GithubRolesArgs,
  role: aws.iam.Role,
  parent: GithubRoles,
): void {
  for (const [area, statements] of Object.entries(changeStatements(args))) {
    const policy = new aws.iam.Policy(
      `${name}-deploy-${area}`,
      {
        name: `${args.rolePrefix}-deploy-${area}`,
        path: githubPath,
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

/** Settings of everything, content of nothing but the state. */
export function previewStatements(args: GithubRolesArgs): readonly StatementInput[] {
  return [
    ...readStatements(args),
    { sid: "ReadState", actions: ["s3:GetObject"], resources: [`${args.stateBucketArn}/*`] },
    { sid: "ListState", actions: ["s3:ListBucket"], resources: [args.stateBucketArn] },
    // Stack secrets are encrypted with this key; nothing else in the account is.
    stateKeys(args, "DecryptState", ["kms:Decrypt"]),
    {
      sid: "NoContent",
      effect: "Deny",
      actions: [
        "secretsmanager:GetSecretValue",
        "ssm:GetParameter",
        "ssm:GetParameters",
        "ssm:GetParametersByPath",
        "rds-db:connect",
        "kafka-cluster:ReadData",
        "elasticache:Connect",
      ],
      resources: ["*"],
    },
  ];
}

/** Reads, roles of its own prefix under the boundary, and the state; what it changes is in `changeStatements`. */
export function deployStatements(args: GithubRolesArgs): readonly StatementInput[] {
  return [
    ...readStatements(args),
    ...serviceStatements(args),
    ...roleStatements(args),
    {
      sid: "WriteState",
      actions: ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
      resources: [`${args.stateBucketArn}/*`],
    },
    { sid: "ListState", actions: ["s3:ListBucket"], resources: [args.stateBucketArn] },
    stateKeys(args, "UseStateKeys", ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"]),
  ];
}

function readStatements(args: GithubRolesArgs): readonly StatementInput[] {
  return [
    { sid: "ReadSettings", actions: qualified(readActions), resources: ["*"] },
    { sid: "ReadTopics", actions: topicReads, resources: topicResources(args) },
  ];
}

/** Keys by alias, because their ids differ between accounts and are known to nobody before they exist. */
function stateKeys(args: GithubRolesArgs, sid: string, actions: readonly string[]): StatementInput {
  return {
    sid,
    actions,
    resources: [`arn:aws:kms:*:${args.accountId}:key/*`],
    conditions: { "ForAnyValue:StringEquals": { "kms:ResourceAliases": [...args.stateKeyAliases] } },
  };
}
