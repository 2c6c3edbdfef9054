import { expect, test } from "vitest";
import { planProgram } from "../../tools/plan/index.ts";
import { deployStatements, previewStatements } from "./github-roles.ts";
import { GithubRoles, type GithubRolesArgs, githubProblems } from "./index.ts";

const base: GithubRolesArgs = {
  repository: "example/task-platform",
  environment: "prod",
  accountId: "111111111111",
  regions: ["us-east-1", "eu-west-1"],
  rolePath: "/task-platform/prod/",
  rolePrefix: "task-prod-github",
  permissionsBoundaryArn: "arn:aws:iam::111111111111:policy/task-boundary",
  stateBucketArn: "arn:aws:s3:::task-platform-state",
  stateKeyAliases: ["alias/task-platform-state", "alias/task-platform-prod"],
  providerArn: "arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com",
};

async function trustOf(role: string) {
  const plan = await planProgram(() => {
    const roles = new GithubRoles("github", base);
    return { preview: roles.previewRoleArn, deploy: roles.deployRoleArn };
  });
  const { inputs } = plan.one("aws:iam/role:Role", role);
  return JSON.parse(String(inputs.assumeRolePolicy)) as { Statement: Record<string, unknown>[] };
}

const issuer = "token.actions.githubusercontent.com";

test.each([
  ["github-preview", "repo:example/task-platform:pull_request"],
  ["github-deploy", "repo:example/task-platform:environment:prod"],
])("%s is for exactly one subject of one repository", async (role, subject) => {
  const { Statement } = await trustOf(role);
  expect(Statement.map((statement) => [statement.Action, statement.Condition])).toEqual([
    [
      "sts:AssumeRoleWithWebIdentity",
      { StringEquals: { [`${issuer}:aud`]: "sts.amazonaws.com", [`${issuer}:sub`]: subject } },
    ],
  ]);
});

test("A preview writes nothing, and reads no secret and no data", () => {
  const allowed = previewStatements(base).filter(({ effect }) => effect !== "Deny");
  const actions = allowed.flatMap((statement) => statement.actions);
  const reads = /:(Describe|Get|List|Decrypt)/;
  expect(actions.filter((action) => !reads.test(action))).toEqual([]);
  expect(actions.filter((action) => /GetSecretValue|GetParameter|:\*|Connect/.test(action))).toEqual([]);
  const content = allowed.filter(
    ({ actions: own }) => own.includes("s3:GetObject") || own.includes("kms:Decrypt"),
  );
  expect(content.map(({ resources, conditions }) => [resources, conditions])).toEqual([
    [["arn:aws:s3:::task-platform-state/*"], undefined],
    [
      ["arn:aws:kms:*:111111111111:key/*"],
      { "ForAnyValue:StringEquals": { "kms:ResourceAliases": base.stateKeyAliases } },
    ],
  ]);
});

test("What a preview must never read is also denied, whatever is added to its rights", () => {
  const [deny, ...others] = previewStatements(base).filter(({ effect }) => effect === "Deny");
  expect(others).toEqual([]);
  expect(deny?.resources).toEqual(["*"]);
  expect(deny?.actions).toEqual(
    expect.arrayContaining(["secretsmanager:GetSecretValue", "ssm:GetParameter", "rds-db:connect"]),
  );
});

test("A deploy makes only roles of its own prefix, only under the boundary, and has no action by wildcard that writes", () => {
  const statements = deployStatements(base);
  const makes = statements.filter(({ actions }) => actions.includes("iam:CreateRole"));
  expect(makes.map(({ resources, conditions }) => [resources, conditions])).toEqual([
    [
      ["arn:aws:iam::111111111111:role/task-platform/prod/*"],
      { StringEquals: { "iam:PermissionsBoundary": base.permissionsBoundaryArn } },
    ],
  ]);
  const wild = statements.flatMap(({ actions }) => actions.filter((action) => action.includes("*")));
  expect(wild.filter((action) => !/:(Describe|Get|GetBucket|List)\*$/.test(action))).toEqual([]);
  const change = statements.find(({ sid }) => sid === "Change");
  expect(change?.conditions).toEqual({ StringEquals: { "aws:RequestedRegion": ["us-east-1", "eu-west-1"] } });
});

test("A deploy reads the values that the program writes, by name and through the service, and none where it writes none", () => {
  const reads = (args: GithubRolesArgs) =>
    deployStatements(args).filter(({ actions }) => actions.includes("secretsmanager:GetSecretValue"));
  expect(reads(base)).toEqual([]);
  const secrets = { namePrefix: "task-prod-database-master-", keyAlias: "alias/task-prod-secrets" };
  expect(reads({ ...base, secrets }).map(({ resources }) => resources)).toEqual([
    ["arn:aws:secretsmanager:us-east-1:111111111111:secret:task-prod-database-master-*"],
  ]);
  expect(
    deployStatements({ ...base, secrets }).find(({ sid }) => sid === "UseSecretKey")?.conditions,
  ).toEqual({
    "ForAnyValue:StringEquals": { "kms:ResourceAliases": ["alias/task-prod-secrets"] },
    StringEquals: { "kms:ViaService": "secretsmanager.us-east-1.amazonaws.com" },
  });
});

test("Both roles have fixed names, outside of the path that a deploy may change", async () => {
  const plan = await planProgram(() => void new GithubRoles("github", base));
  const roles = plan
    .all("aws:iam/role:Role")
    .map(({ inputs }) => [inputs.name, inputs.path, inputs.maxSessionDuration]);
  expect(roles).toEqual([
    ["task-prod-github-deploy", "/task-platform-github/", 7200],
    ["task-prod-github-preview", "/task-platform-github/", 3600],
  ]);
});

test("Every wrong argument is named at once and nothing is made", async () => {
  const wrong: GithubRolesArgs = {
    ...base,
    repository: "example/*",
    environment: "prod*",
    rolePrefix: "*",
    rolePath: "/",
    permissionsBoundaryArn: "arn:aws:iam::222222222222:policy/other",
    stateBucketArn: "arn:aws:s3:::*",
    stateKeyAliases: ["alias/*"],
    providerArn: "arn:aws:iam::222222222222:oidc-provider/token.actions.githubusercontent.com",
  };
  expect(githubProblems(wrong).map(({ argument }) => argument)).toEqual([
    "repository",
    "environment",
    "rolePrefix",
    "rolePath",
    "permissionsBoundaryArn",
    "stateBucketArn",
    "stateKeyAliases",
    "providerArn",
  ]);
  await expect(planProgram(() => void new GithubRoles("github", wrong))).rejects.toThrow("8 problems");
});
