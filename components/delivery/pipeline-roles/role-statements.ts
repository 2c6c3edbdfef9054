import type { StatementInput } from "../../base/core/index.ts";
import type { TypeActions } from "./deploy-calls.ts";
import type { GithubRolesArgs } from "./github-args.ts";

/** Where the pipeline's own roles and policies are; nothing that deploys may write there. */
export const githubPath = "/task-platform-github/";

/** What is done with roles, in the form of deploy-*.ts; fenced by path and boundary instead of region. */
export const roleActions: TypeActions = {
  // Made by people: the only policies of the program are those of the pipeline, which must not change itself.
  "aws:iam/policy:Policy": [],
  "aws:iam/role:Role": [
    "iam:CreateRole",
    "iam:DeleteRole",
    "iam:PutRolePermissionsBoundary",
    "iam:TagRole",
    "iam:UntagRole",
    "iam:UpdateAssumeRolePolicy",
    "iam:UpdateRole",
    "iam:UpdateRoleDescription",
  ],
  "aws:iam/rolePolicy:RolePolicy": ["iam:DeleteRolePolicy", "iam:PutRolePolicy"],
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": ["iam:AttachRolePolicy", "iam:DetachRolePolicy"],
};

/** By these a role becomes more: only under the boundary. */
const widening = new Set([
  "iam:AttachRolePolicy",
  "iam:CreateRole",
  "iam:PutRolePermissionsBoundary",
  "iam:PutRolePolicy",
]);

/**
 * Services that get a role of the program; `kafka` where events are copied, `restore-testing` where backups are tried,
 * `firehose` and `logs` where a log is archived.
 */
const passedTo = [
  "backup.amazonaws.com",
  "cloudtrail.amazonaws.com",
  "ec2.amazonaws.com",
  "eks.amazonaws.com",
  "firehose.amazonaws.com",
  "kafka.amazonaws.com",
  "logs.amazonaws.com",
  "monitoring.rds.amazonaws.com",
  "pods.eks.amazonaws.com",
  "restore-testing.backup.amazonaws.com",
  "s3.amazonaws.com",
];

/** Roles of the environment's path: made under the boundary, handed to the services that use them, never loosened. */
export function roleStatements(args: GithubRolesArgs): readonly StatementInput[] {
  const roles = `arn:aws:iam::${args.accountId}:role${args.rolePath}*`;
  const actions = [...new Set(Object.values(roleActions).flat())].toSorted();
  return [
    {
      sid: "MakeRoles",
      actions: actions.filter((action) => widening.has(action)),
      resources: [roles],
      conditions: { StringEquals: { "iam:PermissionsBoundary": args.permissionsBoundaryArn } },
    },
    {
      sid: "KeepRoles",
      actions: actions.filter((action) => !widening.has(action)),
      resources: [roles],
    },
    {
      sid: "PassRoles",
      actions: ["iam:PassRole"],
      resources: [roles],
      conditions: { StringEquals: { "iam:PassedToService": passedTo } },
    },
    {
      sid: "NeverLoosenTheBoundary",
      effect: "Deny",
      actions: ["iam:DeleteRolePermissionsBoundary", "iam:CreateUser", "iam:CreateAccessKey"],
      resources: ["*"],
    },
  ];
}
