import { expect, test } from "vitest";
import { pipelineRolePath } from "../../components/delivery/pipeline-roles/index.ts";
import { boundaryPolicy } from "../../tools/bootstrap/index.ts";
import { allows, attachedTo, parseStatements, statementsOfRole } from "./permissions.ts";
import { environments, planOf } from "./plan-of.ts";

/**
 * IAM counts characters without white space: all inline policies of a role together, and each managed policy. Policies
 * a role: 10 unless the account asks for up to 20 (IAM User Guide, "IAM and AWS STS quotas").
 */
const limits = { inline: 10_240, managed: 6144, attached: 10 };

const sizeOf = (text: string): number => text.replaceAll(/\s/g, "").length;

test.each(environments)("every policy of every role of %s is within the size limits of IAM", async (name) => {
  const plan = await planOf(name);
  const wrong = plan.all("aws:iam/role:Role").flatMap((role) => {
    const { inline, managed, arns } = attachedTo(plan, role);
    const whole = inline.map(sizeOf).reduce((sum, size) => sum + size, 0);
    return [
      ...(whole > limits.inline ? [`${role.name}: ${whole} characters inline`] : []),
      ...managed
        .map(sizeOf)
        .flatMap((size) => (size > limits.managed ? [`${role.name}: ${size} managed`] : [])),
      ...(arns.length > limits.attached ? [`${role.name}: ${arns.length} policies`] : []),
    ];
  });
  expect(wrong).toEqual([]);
  const deploy = attachedTo(plan, plan.one("aws:iam/role:Role", "github-deploy"));
  expect([deploy.inline.length, deploy.managed.length]).toEqual([1, deploy.arns.length]);
  expect(deploy.arns.length).toBeGreaterThan(4);
});

/** Every IAM action that changes a role or a policy. */
const loosening = [
  ...["AttachRolePolicy", "CreatePolicy", "CreatePolicyVersion", "CreateRole", "DeletePolicy"],
  ...["DeletePolicyVersion", "DeleteRole", "DeleteRolePermissionsBoundary", "DeleteRolePolicy"],
  ...["DetachRolePolicy", "PassRole", "PutRolePermissionsBoundary", "PutRolePolicy"],
  ...["SetDefaultPolicyVersion", "UpdateAssumeRolePolicy", "UpdateRole"],
].map((action) => `iam:${action}`);

test.each(environments)(
  "the deploy role of %s can change neither itself nor the permissions boundary",
  async (name) => {
    const plan = await planOf(name);
    const account = plan.config["task-platform:accountId"] ?? "";
    const boundary = `arn:aws:iam::${account}:policy/task-platform-boundary`;
    const own = plan.all("aws:iam/policy:Policy");
    expect(own.map(({ inputs }) => inputs.path)).toEqual(own.map(() => pipelineRolePath));
    const roles = plan.all("aws:iam/role:Role").filter(({ inputs }) => inputs.path === pipelineRolePath);
    const guarded = [...own, ...roles].map(({ outputs }) => String(outputs.arn));
    expect(guarded.length).toBeGreaterThan(6);
    const context = {
      "aws:RequestedRegion": "us-east-1",
      "iam:PermissionsBoundary": boundary,
      "iam:PassedToService": "ec2.amazonaws.com",
    };
    const statements = statementsOfRole(plan, "github-deploy");
    const open = [...guarded, boundary].flatMap((resource) =>
      loosening
        .filter((action) => allows(statements, { action, resource, context }))
        .map((action) => `${action} ${resource}`),
    );
    expect(open).toEqual([]);
    const attach = {
      action: "iam:AttachRolePolicy",
      resource: `arn:aws:iam::${account}:role/task-platform/${name}/x`,
    };
    expect(allows(statements, { ...attach, context })).toBe(true);
    expect(
      allows(statements, { ...attach, context: { ...context, "iam:PermissionsBoundary": "other" } }),
    ).toBe(false);
  },
);

test.each(environments)(
  "the permissions boundary allows everything that the roles of %s need",
  async (name) => {
    const plan = await planOf(name);
    const bounded = plan.all("aws:iam/role:Role").filter(({ inputs }) => inputs.path !== pipelineRolePath);
    expect(bounded.map(({ inputs }) => String(inputs.permissionsBoundary).split(":policy/")[1])).toEqual(
      bounded.map(() => "task-platform-boundary"),
    );
    const bound = parseStatements(boundaryPolicy);
    const given = bounded.flatMap((role) =>
      statementsOfRole(plan, role.name).flatMap(({ actions }) =>
        actions.map((action) => `${role.name} ${action}`),
      ),
    );
    const taken = given.filter((line) => {
      const [, action = ""] = line.split(" ");
      return !allows(bound, { action, resource: "arn:aws:x:::y", context: {} });
    });
    expect(given.length).toBeGreaterThan(30);
    expect(taken).toEqual([]);
  },
);
