import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument, refuse, type StatementInput } from "../core/index.ts";
import { githubProblems } from "./check-github.ts";
import { deployActions, qualified } from "./deploy-actions.ts";
import { deployServiceActions, deployServiceReads } from "./deploy-service-actions.ts";
import { readActions } from "./read-actions.ts";

export interface GithubRolesArgs {
  /** `owner/name`, as GitHub spells it. */
  readonly repository: string;
  /** Name of the GitHub environment that may deploy; its protection rules are the approval. */
  readonly environment: string;
  readonly accountId: string;
  /** Where the program makes anything: first its region, then that of its copies. */
  readonly regions: readonly string[];
  /** Path of every role this program makes, such as "/task-platform/prod/"; the deploy role touches no other. */
  readonly rolePath: string;
  /** Start of the names of the two roles, fixed because pipelines and stack files name them: "task-prod-github". */
  readonly rolePrefix: string;
  /** Upper bound of every role the deploy role makes. Without one it could make an administrator. */
  readonly permissionsBoundaryArn: string;
  readonly stateBucketArn: string;
  /** Aliases of the keys of the state and of the secrets in stack files; policies see keys by them. */
  readonly stateKeyAliases: readonly string[];
  /**
   * Secrets whose values the program itself writes, by the start of their names, and the alias of their key. The
   * provider reads back what it has written. @default none
   */
  readonly secrets?: { readonly namePrefix: string; readonly keyAlias: string };
  /** The account's OpenID Connect provider of GitHub; there is one, whatever the number of environments. */
  readonly providerArn: string;
}

const issuer = "token.actions.githubusercontent.com";
const audience = "sts.amazonaws.com";

/** Where the two roles are; nothing that deploys may write there. */
export const githubPath = "/task-platform-github/";

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
    createRest(name, deploy, args, this);
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
 * What the deploy role may beside its own policy: what is written inside of a role may have 10,240 characters in all, a
 * policy 6,144 (IAM and STS quotas), and its writes need most of them.
 */
function createRest(name: string, role: aws.iam.Role, args: GithubRolesArgs, parent: GithubRoles): void {
  const rest = { reads: [readStatement], services: serviceStatements(args) };
  for (const [key, statements] of Object.entries(rest)) {
    const logicalName = `${name}-deploy-${key}`;
    const policy = new aws.iam.Policy(
      logicalName,
      // The path of the role: out of its own reach.
      { path: githubPath, policy: policyDocument(statements) },
      { parent },
    );
    new aws.iam.RolePolicyAttachment(logicalName, { role: role.name, policyArn: policy.arn }, { parent });
  }
}

/** Services of the whole account answer in us-east-1, wherever the environment is. */
function serviceStatements({ regions }: GithubRolesArgs): StatementInput[] {
  return [
    { sid: "ReadServices", actions: qualified(deployServiceReads), resources: ["*"] },
    {
      sid: "ChangeServices",
      actions: qualified(deployServiceActions),
      resources: ["*"],
      conditions: { StringEquals: { "aws:RequestedRegion": [...new Set([...regions, "us-east-1"])] } },
    },
  ];
}

const readStatement: StatementInput = {
  sid: "ReadSettings",
  actions: qualified(readActions),
  resources: ["*"],
};

/** Settings of everything, content of nothing but the state. */
export function previewStatements(args: GithubRolesArgs): readonly StatementInput[] {
  return [
    readStatement,
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
        "kafka-cluster:Connect",
        "elasticache:Connect",
      ],
      resources: ["*"],
    },
  ];
}

/** The writes of the program, roles of its own prefix under the boundary, and the state. */
export function deployStatements(args: GithubRolesArgs): readonly StatementInput[] {
  return [
    {
      sid: "Change",
      actions: qualified(deployActions),
      resources: ["*"],
      // Names of most resources are made by AWS, so the fence is the region: what is elsewhere is not touched.
      conditions: { StringEquals: { "aws:RequestedRegion": args.regions } },
    },
    ...roleStatements(args),
    ...secretStatements(args),
    {
      sid: "WriteState",
      actions: ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
      resources: [`${args.stateBucketArn}/*`],
    },
    { sid: "ListState", actions: ["s3:ListBucket"], resources: [args.stateBucketArn] },
    stateKeys(args, "UseStateKeys", ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"]),
  ];
}

/** Values of the secrets that the program writes, and of no other: through Secrets Manager, never the key alone. */
function secretStatements({ accountId, regions, secrets }: GithubRolesArgs): readonly StatementInput[] {
  const [region] = regions;
  if (secrets === undefined || region === undefined) return [];
  return [
    {
      sid: "WriteSecrets",
      actions: ["secretsmanager:GetSecretValue", "secretsmanager:PutSecretValue"],
      resources: [`arn:aws:secretsmanager:${region}:${accountId}:secret:${secrets.namePrefix}*`],
    },
    {
      sid: "UseSecretKey",
      actions: ["kms:Decrypt", "kms:GenerateDataKey"],
      resources: [`arn:aws:kms:${region}:${accountId}:key/*`],
      conditions: {
        "ForAnyValue:StringEquals": { "kms:ResourceAliases": [secrets.keyAlias] },
        StringEquals: { "kms:ViaService": `secretsmanager.${region}.amazonaws.com` },
      },
    },
  ];
}

/** Roles of the environment's path: made under the boundary, handed to the services that use them, never loosened. */
function roleStatements(args: GithubRolesArgs): readonly StatementInput[] {
  const roles = `arn:aws:iam::${args.accountId}:role${args.rolePath}*`;
  return [
    {
      sid: "MakeRoles",
      actions: [
        "iam:CreateRole",
        "iam:PutRolePermissionsBoundary",
        "iam:PutRolePolicy",
        "iam:AttachRolePolicy",
      ],
      resources: [roles],
      conditions: { StringEquals: { "iam:PermissionsBoundary": args.permissionsBoundaryArn } },
    },
    {
      sid: "KeepRoles",
      actions: [
        "iam:DeleteRole",
        "iam:DeleteRolePolicy",
        "iam:DetachRolePolicy",
        "iam:TagRole",
        "iam:UntagRole",
        "iam:UpdateAssumeRolePolicy",
        "iam:UpdateRole",
      ],
      resources: [roles],
    },
    {
      sid: "PassRoles",
      actions: ["iam:PassRole"],
      resources: [roles],
      conditions: {
        StringEquals: {
          "iam:PassedToService": [
            "backup.amazonaws.com",
            "cloudtrail.amazonaws.com",
            "ec2.amazonaws.com",
            "eks.amazonaws.com",
            "firehose.amazonaws.com",
            "logs.amazonaws.com",
            "monitoring.rds.amazonaws.com",
            "pods.eks.amazonaws.com",
            "s3.amazonaws.com",
          ],
        },
      },
    },
    {
      sid: "NeverLoosenTheBoundary",
      effect: "Deny",
      actions: ["iam:DeleteRolePermissionsBoundary", "iam:CreateUser", "iam:CreateAccessKey"],
      resources: ["*"],
    },
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
