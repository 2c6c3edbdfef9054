import type { StatementInput } from "../../base/core/index.ts";
import type { DeployScope } from "./args.ts";
import type { TypeActions } from "./shared-actions.ts";

/** Actions on roles by resource type. They are limited by path and boundary, not by region. */
export const roleActions: TypeActions = {
  // Only people make policies: the program's only policies are those of the pipeline, which must not change itself.
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

/** Actions that can give a role more permissions. Allowed only with the boundary. */
const widening = new Set([
  "iam:AttachRolePolicy",
  "iam:CreateRole",
  "iam:PutRolePermissionsBoundary",
  "iam:PutRolePolicy",
]);

/**
 * Services to which the program passes a role: `kafka` where events are copied, `restore-testing` where restores are
 * tested, `firehose` and `logs` where a log is archived, `scraper.aps` where metrics are collected.
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
  "scraper.aps.amazonaws.com",
];

/** Roles in the path of the environment: made with the boundary and passed to listed services; nothing removes the boundary. */
export function roleStatements(scope: DeployScope): readonly StatementInput[] {
  const roles = `arn:aws:iam::${scope.accountId}:role${scope.rolePath}*`;
  const actions = [...new Set(Object.values(roleActions).flat())].toSorted();
  return [
    {
      sid: "MakeRoles",
      actions: actions.filter((action) => widening.has(action)),
      resources: [roles],
      conditions: { StringEquals: { "iam:PermissionsBoundary": scope.permissionsBoundaryArn } },
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
