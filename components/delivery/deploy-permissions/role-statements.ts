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

/** Roles in the path of the environment: made with the boundary, each passed to its own service; nothing removes the boundary. */
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
    ...passStatements(scope),
    {
      sid: "NeverLoosenTheBoundary",
      effect: "Deny",
      actions: ["iam:DeleteRolePermissionsBoundary", "iam:CreateUser", "iam:CreateAccessKey"],
      resources: ["*"],
    },
  ];
}

/** Pulumi adds a hyphen and seven hexadecimal digits. A `*` would also match roles whose longer names begin the same. */
const randomEnding = "-???????";

/** One statement per service: with one list for all, a role of the nodes could be passed to CloudTrail, and the reverse. */
function passStatements({ accountId, rolePath, passes }: DeployScope): readonly StatementInput[] {
  return Object.entries(passes).map(([service, names]) => ({
    sid: `PassTo${toPascalCase(service.replace(/\.amazonaws\.com$/, ""))}`,
    actions: ["iam:PassRole"],
    resources: names.map((name) => `arn:aws:iam::${accountId}:role${rolePath}${name}${randomEnding}`),
    conditions: { StringEquals: { "iam:PassedToService": service } },
  }));
}

function toPascalCase(text: string): string {
  return text
    .split(/[.-]/)
    .map((part) => `${part.charAt(0).toUpperCase()}${part.slice(1)}`)
    .join("");
}
