import { expect, test } from "vitest";
import { planProgram } from "../../../tools/plan/index.ts";
import { secretsProblems } from "./check.ts";
import { Secrets, type SecretsArgs } from "./index.ts";

const reader = "arn:aws:iam::111111111111:role/task-worker";
const base: SecretsArgs = {
  prefix: "task-prod",
  accountId: "111111111111",
  removal: "retain-data",
  keyArn: "key-home",
  region: "us-east-1",
  replica: { region: "eu-west-1", keyArn: "key-recovery" },
  secrets: { "webhook-signing": { description: "Signs what we send to webhooks.", readers: [reader] } },
};
const rotated: SecretsArgs["secrets"] = {
  "partner-api": {
    description: "Opens the API of the partner.",
    readers: [reader],
    rotation: { functionArn: "rotate", functionRoleArn: "arn:aws:iam::111111111111:role/rotate", days: 90 },
  },
};

function planSecrets(changes: Partial<SecretsArgs> = {}) {
  return planProgram(() => {
    const secrets = new Secrets("secrets", { ...base, ...changes });
    return { arns: secrets.arns, names: secrets.names };
  });
}

const secretType = "aws:secretsmanager/secret:Secret";
const policyType = "aws:secretsmanager/secretPolicy:SecretPolicy";

test("A secret has a fixed name, a key in each of its regions, and 30 days in which a deletion can be undone", async () => {
  const secret = (await planSecrets()).one(secretType, "secrets-webhook-signing");
  expect(secret.inputs).toEqual({
    name: "task-prod/webhook-signing",
    description: "Signs what we send to webhooks.",
    kmsKeyId: "key-home",
    recoveryWindowInDays: 30,
    replicas: [{ region: "eu-west-1", kmsKeyId: "key-recovery" }],
  });
});

test.each([
  ["remove", 0, false],
  ["retain-data", 30, true],
  ["retain-all", 30, true],
] as const)(
  "With removal %s a deleted secret can be restored for %d days, and a destroy keeps it: %s",
  async (removal, days, kept) => {
    const { inputs, options } = (await planSecrets({ removal })).one(secretType);
    expect(inputs.recoveryWindowInDays).toBe(days);
    expect([options.protect, options.retainOnDelete]).toEqual([kept, kept]);
  },
);

test("Without a recovery region a secret has no copy", async () => {
  const { replica: _, ...args } = base;
  const plan = await planProgram(() => void new Secrets("secrets", args));
  expect(plan.one(secretType).inputs).not.toHaveProperty("replicas");
});

test("A secret cannot be read without TLS, from another account, or by a role that is not named", async () => {
  const plan = await planSecrets();
  const { secretArn, policy, blockPublicPolicy } = plan.one(policyType).inputs;
  expect([secretArn, blockPublicPolicy]).toEqual([plan.one(secretType).outputs.arn, true]);
  const deny = { Effect: "Deny", Principal: "*", Resource: "*" };
  const notAws = { Bool: { "aws:PrincipalIsAWSService": "false" } };
  expect(JSON.parse(String(policy)).Statement).toEqual([
    {
      ...deny,
      Sid: "NothingInTheClear",
      Action: "secretsmanager:*",
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
    {
      ...deny,
      Sid: "NoOtherAccount",
      Action: "secretsmanager:*",
      Condition: { StringNotEquals: { "aws:PrincipalAccount": "111111111111" }, ...notAws },
    },
    {
      ...deny,
      Sid: "NoOtherReader",
      Action: "secretsmanager:GetSecretValue",
      Condition: { ArnNotEquals: { "aws:PrincipalArn": [reader] }, ...notAws },
    },
  ]);
});

test("A reader may end in a random suffix only below a path", () => {
  const problems = (role: string) =>
    secretsProblems({
      ...base,
      secrets: { key: { description: "A key.", readers: [`arn:aws:iam::111111111111:role/${role}`] } },
    }).map(({ argument }) => argument);
  expect(problems("task-platform/dr/secrets-controller-*")).toEqual([]);
  for (const role of [
    "*",
    "secrets-controller-*",
    "task-platform/*",
    "task-platform/dr/*",
    "a/*/secrets-*",
  ]) {
    expect(problems(role), role).toEqual(['secrets["key"].readers']);
  }
});

test("The program holds no value of a secret, and so neither do the plan and the state", async () => {
  const plan = await planSecrets({ secrets: { ...base.secrets, ...rotated } });
  expect(plan.all("aws:secretsmanager/secretVersion:SecretVersion")).toEqual([]);
});

test("A secret is rotated only if a function is given, which may read it; a deploy does not rotate it", async () => {
  const rotationType = "aws:secretsmanager/secretRotation:SecretRotation";
  expect((await planSecrets()).all(rotationType)).toEqual([]);
  const plan = await planSecrets({ secrets: rotated });
  const rotation = plan.one(rotationType, "secrets-partner-api");
  expect(rotation.inputs).toEqual({
    secretId: plan.one(secretType).outputs.arn,
    rotationLambdaArn: "rotate",
    rotateImmediately: false,
    rotationRules: { automaticallyAfterDays: 90 },
  });
  const policy = plan.one(policyType);
  expect(rotation.options.dependencies).toContain(policy.urn);
  expect(JSON.parse(String(policy.inputs.policy)).Statement[2].Condition.ArnNotEquals).toEqual({
    "aws:PrincipalArn": [reader, "arn:aws:iam::111111111111:role/rotate"],
  });
});

test("Workloads find a secret by ARN, or by a name that is the same in both regions", async () => {
  const plan = await planSecrets();
  expect(plan.outputs).toEqual({
    arns: { "webhook-signing": plan.one(secretType).outputs.arn },
    names: { "webhook-signing": "task-prod/webhook-signing" },
  });
});

test("Every wrong argument is named at once and nothing is created", async () => {
  const wrong: SecretsArgs = {
    ...base,
    prefix: "task/prod",
    replica: { region: "us-east-1", keyArn: "key" },
    secrets: {
      "Partner Key": { description: " ", readers: [] },
      "partner-secret": {
        description: "a".repeat(2049),
        readers: ["arn:aws:sts::111111111111:assumed-role/worker/pod", "arn:aws:iam::111111111111:role/*"],
        rotation: { functionArn: "rotate", functionRoleArn: reader, days: 400 },
      },
    },
  };
  expect(secretsProblems(wrong).map(({ argument }) => argument)).toEqual([
    "prefix",
    "replica.region",
    'secrets["Partner Key"]',
    'secrets["Partner Key"].description',
    'secrets["Partner Key"].readers',
    'secrets["partner-secret"]',
    'secrets["partner-secret"].description',
    'secrets["partner-secret"].readers',
    'secrets["partner-secret"].readers',
    'secrets["partner-secret"].rotation.days',
  ]);
  await expect(planSecrets(wrong)).rejects.toThrow('secrets "secrets": 10 problems, nothing was created');
  expect(secretsProblems({ ...base, secrets: {} }).map(({ given }) => given)).toEqual(["none"]);
});
