import { expect, test } from "vitest";
import { planProgram } from "../../../tools/plan/index.ts";
import { scope } from "../deploy-permissions/test/scope.fixture.ts";
import { checkPipelineRolesArgs } from "./check.ts";
import { PipelineRoles, type PipelineRolesArgs } from "./index.ts";
import { deployStatements, previewStatements } from "./statements.ts";

const base: PipelineRolesArgs = {
  ...scope,
  repository: "example/task-platform",
  environment: "prod",
  rolePrefix: "task-prod-github",
  stateBucketArn: "arn:aws:s3:::task-platform-state",
  stateKeyAliases: ["alias/task-platform-state", "alias/task-platform-prod"],
  providerArn: "arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com",
};

async function trustOf(role: string, repository = base.repository) {
  const plan = await planProgram(() => {
    const roles = new PipelineRoles("github", { ...base, repository });
    return { preview: roles.previewRoleArn, deploy: roles.deployRoleArn };
  });
  const { inputs } = plan.one("aws:iam/role:Role", role);
  return JSON.parse(String(inputs.assumeRolePolicy)) as { Statement: Record<string, unknown>[] };
}

const issuer = "token.actions.githubusercontent.com";

test.each([
  ["github-preview", "repo:example/task-platform:pull_request"],
  ["github-deploy", "repo:example/task-platform:environment:prod"],
])("%s trusts exactly one subject of one repository", async (role, subject) => {
  const { Statement } = await trustOf(role);
  expect(Statement.map((statement) => [statement.Action, statement.Condition])).toEqual([
    [
      "sts:AssumeRoleWithWebIdentity",
      { StringEquals: { [`${issuer}:aud`]: "sts.amazonaws.com", [`${issuer}:sub`]: subject } },
    ],
  ]);
});

test.each([
  ["github-preview", "repo:example@123456/task-platform@456789:pull_request"],
  ["github-deploy", "repo:example@123456/task-platform@456789:environment:prod"],
])("%s of a repository with ids trusts exactly the subject with them", async (role, subject) => {
  const { Statement } = await trustOf(role, "example@123456/task-platform@456789");
  expect(Statement.map(({ Condition }) => Condition)).toEqual([
    { StringEquals: { [`${issuer}:aud`]: "sts.amazonaws.com", [`${issuer}:sub`]: subject } },
  ]);
});

test.each([
  "example@1/task-platform",
  "example/task-platform@1",
  "example@*/task-platform@*",
  "example@0/x@1",
])("the repository %s is refused, because GitHub writes no such subject", (repository) => {
  expect(checkPipelineRolesArgs({ ...base, repository }).map(({ argument }) => argument)).toEqual([
    "repository",
  ]);
});

test("A preview writes nothing, and reads no secret and no data", () => {
  const allowed = previewStatements(base).filter(({ effect }) => effect !== "Deny");
  const actions = allowed.flatMap((statement) => statement.actions);
  // A connection to brokers reads no event, and MSK shows no topic without it.
  const reads = /:(BatchGet|Describe|Get|List|View|Decrypt)|^kafka-cluster:Connect$/;
  expect(actions.filter((action) => !reads.test(action))).toEqual([]);
  expect(
    actions.filter((action) =>
      /GetSecretValue|GetParameter|:\*|ReadData|rds-db|elasticache:Connect/.test(action),
    ),
  ).toEqual([]);
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

test("A preview is denied all content, whatever permissions are added", () => {
  const [deny, ...others] = previewStatements(base).filter(({ effect }) => effect === "Deny");
  expect(others).toEqual([]);
  expect(deny?.resources).toEqual(["*"]);
  expect(deny?.actions).toEqual(
    expect.arrayContaining([
      "secretsmanager:GetSecretValue",
      "ssm:GetParameter",
      "rds-db:connect",
      "kafka-cluster:ReadData",
    ]),
  );
});

test("A deploy writes the state with its keys, and no wildcard allows an action that writes", () => {
  const statements = deployStatements(base);
  const wild = statements.flatMap(({ actions }) => actions.filter((action) => action.includes("*")));
  expect(wild.filter((action) => !/:(Describe|Get|GetBucket|List)\*$/.test(action))).toEqual([]);
  expect(statements.slice(-3)).toEqual([
    {
      sid: "WriteState",
      actions: ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
      resources: ["arn:aws:s3:::task-platform-state/*"],
    },
    { sid: "ListState", actions: ["s3:ListBucket"], resources: ["arn:aws:s3:::task-platform-state"] },
    {
      sid: "UseStateKeys",
      actions: ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"],
      resources: ["arn:aws:kms:*:111111111111:key/*"],
      conditions: { "ForAnyValue:StringEquals": { "kms:ResourceAliases": base.stateKeyAliases } },
    },
  ]);
});

test("The policies of changes are in a path that a deploy cannot write, and only the deploy role has them", async () => {
  const plan = await planProgram(() => void new PipelineRoles("github", base));
  const policies = plan.all("aws:iam/policy:Policy");
  expect(policies.map(({ inputs }) => [inputs.name, inputs.path])).toEqual(
    ["choices", "cluster", "data", "edge", "network", "operations", "roles"].map((area) => [
      `task-prod-github-deploy-${area}`,
      "/task-platform-github/",
    ]),
  );
  const attached = plan.all("aws:iam/rolePolicyAttachment:RolePolicyAttachment").map(({ inputs }) => inputs);
  expect(attached.map(({ role }) => role)).toEqual(policies.map(() => "task-prod-github-deploy"));
  expect(attached.map(({ policyArn }) => policyArn)).toEqual(policies.map(({ outputs }) => outputs.arn));
});

test("Both roles have fixed names, outside the path that a deploy may change", async () => {
  const plan = await planProgram(() => void new PipelineRoles("github", base));
  const roles = plan
    .all("aws:iam/role:Role")
    .map(({ inputs }) => [inputs.name, inputs.path, inputs.maxSessionDuration]);
  expect(roles).toEqual([
    ["task-prod-github-deploy", "/task-platform-github/", 7200],
    ["task-prod-github-preview", "/task-platform-github/", 3600],
  ]);
});

test("All problems are in one message, and nothing is created", async () => {
  const wrong: PipelineRolesArgs = {
    ...base,
    repository: "example/*",
    environment: "prod*",
    rolePrefix: "*",
    rolePath: "/",
    hostedZoneId: "*",
    permissionsBoundaryArn: "arn:aws:iam::222222222222:policy/other",
    stateBucketArn: "arn:aws:s3:::*",
    stateKeyAliases: ["alias/*"],
    providerArn: "arn:aws:iam::222222222222:oidc-provider/token.actions.githubusercontent.com",
  };
  expect(checkPipelineRolesArgs(wrong).map(({ argument }) => argument)).toEqual([
    "repository",
    "environment",
    "rolePrefix",
    "rolePath",
    "hostedZoneId",
    "permissionsBoundaryArn",
    "stateBucketArn",
    "stateKeyAliases",
    "providerArn",
  ]);
  await expect(planProgram(() => void new PipelineRoles("github", wrong))).rejects.toThrow("9 problems");
});
