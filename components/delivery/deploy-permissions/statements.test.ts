import { expect, test } from "vitest";
import { type Choice, changeStatements, choiceActions, roleStatements, serviceStatements } from "./index.ts";
import { scope } from "./test/scope.fixture.ts";

const everything = Object.keys(choiceActions) as Choice[];

const changing = (makes: readonly Choice[]) => Object.values(changeStatements({ ...scope, makes })).flat();

test("A deploy makes roles only in its own path and only with the boundary, and passes each only to its service", () => {
  const [make, keep, toNodes, toRestores, never] = roleStatements(scope);
  const resources = ["arn:aws:iam::111111111111:role/task-platform/prod/*"];
  expect(make).toEqual({
    sid: "MakeRoles",
    actions: [
      "iam:AttachRolePolicy",
      "iam:CreateRole",
      "iam:PutRolePermissionsBoundary",
      "iam:PutRolePolicy",
    ],
    resources,
    conditions: { StringEquals: { "iam:PermissionsBoundary": scope.permissionsBoundaryArn } },
  });
  expect(keep?.resources).toEqual(resources);
  expect([toNodes, toRestores]).toEqual([
    {
      sid: "PassToEc2",
      actions: ["iam:PassRole"],
      resources: ["arn:aws:iam::111111111111:role/task-platform/prod/cluster-nodes-???????"],
      conditions: { StringEquals: { "iam:PassedToService": "ec2.amazonaws.com" } },
    },
    {
      sid: "PassToRestoreTestingBackup",
      actions: ["iam:PassRole"],
      resources: ["arn:aws:iam::111111111111:role/task-platform/prod/backups-???????"],
      conditions: { StringEquals: { "iam:PassedToService": "restore-testing.backup.amazonaws.com" } },
    },
  ]);
  expect([never?.effect, never?.actions, never?.resources]).toEqual([
    "Deny",
    ["iam:DeleteRolePermissionsBoundary", "iam:CreateUser", "iam:CreateAccessKey"],
    ["*"],
  ]);
});

test("Every change is limited to a region or a name: the program's regions, or us-east-1 for global services", () => {
  const source = "arn:aws:kafka:us-east-1:111111111111:cluster/task-source-events/1";
  const ireland = { ...scope, regions: ["eu-west-1"], makes: everything, sourceClusterArn: source };
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
      [
        "arn:aws:kafka:eu-west-1:111111111111:cluster/task-prod-events/*",
        "arn:aws:kafka:eu-west-1:111111111111:topic/task-prod-events/*",
      ],
    ],
    ["ChangeNames", ["arn:aws:route53:::hostedzone/Z0AB12CD34EF56GH"]],
    [
      "WriteMasterPassword",
      ["arn:aws:secretsmanager:eu-west-1:111111111111:secret:task-prod-database-master-*"],
    ],
    ["ReferToClusters", ["arn:aws:kafka:eu-west-1:111111111111:cluster/task-prod-events/*", source]],
  ]);
});

test("A deploy uses keys only through a service", () => {
  const statements = [...changing(everything), ...serviceStatements({ ...scope, makes: everything })];
  const ofKeys = statements.filter(({ actions }) => actions.some((action) => action.startsWith("kms:")));
  const calls = ofKeys.flatMap(({ sid, actions, conditions }) =>
    actions.some((action) => /:(CreateGrant|Decrypt|Encrypt|GenerateDataKey|RetireGrant)$/.test(action))
      ? [[sid, conditions]]
      : [],
  );
  expect(calls).toEqual([
    ["GrantKeysToServices", { Bool: { "kms:GrantIsForAWSResource": "true" } }],
    [
      "UseKeysByServices",
      { StringLike: { "kms:ViaService": ["*.us-east-1.amazonaws.com", "*.eu-west-1.amazonaws.com"] } },
    ],
  ]);
});

test("A deploy reads a secret only where the program writes it", () => {
  const reading = (makes: readonly Choice[]) =>
    changing(makes).filter(({ actions }) => actions.includes("secretsmanager:GetSecretValue"));
  expect(reading(["audit"])).toEqual([]);
  expect(reading(["masterPassword"]).map(({ sid }) => sid)).toEqual(["WriteMasterPassword"]);
});

test("Only an environment that owns the trail of the account may turn it off", () => {
  const may = (makes: readonly Choice[]) =>
    changing(makes).some(({ actions }) => actions.includes("cloudtrail:StopLogging"));
  expect([may([]), may(["audit"])]).toEqual([false, true]);
  expect(Object.keys(changeStatements({ ...scope, makes: [] }))).not.toContain("choices");
});
