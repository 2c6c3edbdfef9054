import { expect, test } from "vitest";
import { planProgram } from "../../../tools/plan/index.ts";
import { changeStatements } from "./deploy-statements.ts";
import { deployStatements, previewStatements } from "./github-roles.ts";
import { type Choice, GithubRoles, type GithubRolesArgs, githubProblems } from "./index.ts";

const base: GithubRolesArgs = {
  repository: "example/task-platform",
  environment: "prod",
  accountId: "111111111111",
  regions: ["us-east-1", "eu-west-1"],
  makes: ["audit"],
  hostedZoneId: "Z0AB12CD34EF56GH",
  writtenSecrets: "task-prod-database-master-",
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
  // A connection to brokers reads no event, and MSK shows no topic without.
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

test("What a preview must never read is also denied, whatever is added to its rights", () => {
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
});

const everything: Choice[] = [
  ...(["audit", "backups", "distribution", "eventCopies", "images"] as const),
  ...(["issuer", "masterPassword", "publicAccessBlock", "shield"] as const),
];

test("What a deploy changes has a region or a name: its own regions, or us-east-1 where a service has none", () => {
  const ireland: GithubRolesArgs = { ...base, regions: ["eu-west-1"], makes: everything };
  const statements = Object.values(changeStatements(ireland)).flat();
  const open = statements.filter(({ resources }) => resources?.includes("*"));
  const regions = (global: boolean) =>
    open
      .filter(({ sid }) => sid.startsWith("ChangeGlobal") === global)
      .map(({ conditions }) => conditions?.StringEquals?.["aws:RequestedRegion"]);
  expect(new Set(regions(false))).toEqual(new Set([["eu-west-1"]]));
  expect(new Set(regions(true))).toEqual(new Set(["us-east-1"]));
  const named = statements.filter(({ resources }) => !resources?.includes("*"));
  expect(named.map(({ sid, resources }) => [sid, resources])).toEqual([
    [
      "ChangeTopics",
      ["arn:aws:kafka:eu-west-1:111111111111:cluster/*", "arn:aws:kafka:eu-west-1:111111111111:topic/*"],
    ],
    ["ChangeNames", ["arn:aws:route53:::hostedzone/Z0AB12CD34EF56GH"]],
    [
      "WriteMasterPassword",
      ["arn:aws:secretsmanager:eu-west-1:111111111111:secret:task-prod-database-master-*"],
    ],
    ["ReferToSource", ["arn:aws:kafka:*:111111111111:cluster/*"]],
  ]);
});

test("A deploy takes a key only by way of a service, and reads a secret only where the program writes it", () => {
  const statements = deployStatements({ ...base, makes: everything });
  const ofKeys = statements.filter(({ actions }) => actions.some((action) => action.startsWith("kms:")));
  expect(ofKeys.map(({ sid, conditions }) => [sid, Object.values(conditions ?? {})])).toEqual([
    expect.arrayContaining(["ReadSettings"]),
    ["GrantKeysToServices", [{ "kms:GrantIsForAWSResource": "true" }]],
    ["UseKeysByServices", [{ "kms:ViaService": ["*.us-east-1.amazonaws.com", "*.eu-west-1.amazonaws.com"] }]],
    ["UseStateKeys", [{ "kms:ResourceAliases": base.stateKeyAliases }]],
  ]);
  const reading = (makes: readonly Choice[]) =>
    Object.values(changeStatements({ ...base, makes }))
      .flat()
      .filter(({ actions }) => actions.includes("secretsmanager:GetSecretValue"));
  expect(reading(["audit"])).toEqual([]);
  expect(reading(["masterPassword"]).map(({ sid }) => sid)).toEqual(["WriteMasterPassword"]);
});

test("Only who owns the account's trail may turn it off", () => {
  const may = (makes: readonly Choice[]) =>
    Object.values(changeStatements({ ...base, makes }))
      .flat()
      .some(({ actions }) => actions.includes("cloudtrail:StopLogging"));
  expect([may([]), may(["audit"])]).toEqual([false, true]);
  expect(Object.keys(changeStatements({ ...base, makes: [] }))).not.toContain("choices");
});

test("A deploy writes and reads back the secrets of the program's own, and no other", () => {
  const touching = Object.values(changeStatements({ ...base, makes: ["masterPassword"] }))
    .flat()
    .filter(({ actions }) => actions.includes("secretsmanager:GetSecretValue"));
  expect(touching.map(({ resources }) => resources)).toEqual([
    ["us-east-1", "eu-west-1"].map(
      (region) => `arn:aws:secretsmanager:${region}:111111111111:secret:task-prod-database-master-*`,
    ),
  ]);
});

test("Policies of what is changed are where a deploy writes nothing, and are attached to its role alone", async () => {
  const plan = await planProgram(() => void new GithubRoles("github", base));
  const policies = plan.all("aws:iam/policy:Policy");
  expect(policies.map(({ inputs }) => [inputs.name, inputs.path])).toEqual(
    ["choices", "cluster", "data", "edge", "network", "operations"].map((area) => [
      `task-prod-github-deploy-${area}`,
      "/task-platform-github/",
    ]),
  );
  const attached = plan.all("aws:iam/rolePolicyAttachment:RolePolicyAttachment").map(({ inputs }) => inputs);
  expect(attached.map(({ role }) => role)).toEqual(policies.map(() => "task-prod-github-deploy"));
  expect(attached.map(({ policyArn }) => policyArn)).toEqual(policies.map(({ outputs }) => outputs.arn));
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
    hostedZoneId: "*",
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
    "hostedZoneId",
    "permissionsBoundaryArn",
    "stateBucketArn",
    "stateKeyAliases",
    "providerArn",
  ]);
  await expect(planProgram(() => void new GithubRoles("github", wrong))).rejects.toThrow("9 problems");
});
