import { expect, test } from "vitest";
import { readStackConfig } from "./check-config.ts";
import { type ConfigKey, configKeys, secretConfigKeys } from "./config-keys.ts";
import { rawConfig } from "./test/raw-config.ts";

const source = "Pulumi.dev.yaml";
const without = (key: string) => Object.fromEntries(Object.entries(rawConfig).filter(([k]) => k !== key));
const readingOf = (raw: Readonly<Record<string, string>>, encrypted: readonly string[] = secretConfigKeys) =>
  readStackConfig(raw, source, encrypted);
const problemsOf = (raw: Readonly<Record<string, string>>) => readingOf(raw).problems;

test("a complete file is read into typed values", () => {
  const { config, problems } = readingOf(rawConfig);
  expect(problems).toEqual([]);
  expect(config?.operatorCidrs).toEqual(["198.18.7.0/24"]);
  expect(config?.accountId).toBe("222222222222");
});

const required = (Object.keys(configKeys) as ConfigKey[]).filter((key) => !configKeys[key].optional);

test("only keys that some specs do not need may be left out", () => {
  expect(Object.keys(configKeys).filter((key) => !required.includes(key as ConfigKey))).toEqual([
    "apiServerCallers",
    "schemaRegistryCidrs",
    "originSecret",
    "originPrefixListId",
    "probePrefixListId",
    "kafkaSourceClusterArn",
    "kafkaSourceSubnetIds",
    "databaseRestoreFrom",
    "databaseRestoreTime",
    "databaseRestoreKeyArn",
  ]);
  const empty = { ...rawConfig, originSecret: "", kafkaSourceSubnetIds: "[]" };
  expect(readingOf(empty).config).not.toHaveProperty("kafkaSourceSubnetIds");
});

test("a wrong secret is refused, and the message does not repeat it", () => {
  const { problems } = readingOf({ ...rawConfig, originSecret: "too short!" });
  expect(problems).toMatchObject([{ given: "a secret of 10 characters" }]);
});

test.each(secretConfigKeys)(
  "%s in clear text is refused, with the command that encrypts a new one",
  (key) => {
    const { config, problems } = readingOf(rawConfig, []);
    expect(config).toBeUndefined();
    expect(problems).toMatchObject([
      { argument: `task-platform:${key} (Pulumi.dev.yaml)`, given: "a secret in clear text" },
    ]);
    expect(problems[0]?.fix).toContain(`pulumi config set --secret ${key} <new value> --stack dev`);
    expect(JSON.stringify(problems)).not.toContain(rawConfig[key]);
  },
);

test("a value that is no secret is refused when it is encrypted, because tools could not read it", () => {
  const { problems } = readingOf(rawConfig, [...secretConfigKeys, "domain"]);
  expect(problems).toMatchObject([
    { given: "an encrypted value", fix: "pulumi config set domain <value> --stack dev" },
  ]);
});

test("a refused address is shown without the password in it", () => {
  const [problem] = problemsOf({
    ...rawConfig,
    schemaRegistryUrl: "https://user:pass/wo@rd@registry.acme.io",
  });
  expect(problem?.given).toBe('"https://***@registry.acme.io"');
});

test.each(required)("a file without %s is refused, with an example", (key) => {
  const problems = problemsOf(without(key));
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatchObject({
    argument: `task-platform:${key} (Pulumi.dev.yaml)`,
    given: "nothing",
  });
  expect(problems[0]?.fix).toMatch(/^add it, such as /);
});

test("for an empty file one message names every key", () => {
  expect(problemsOf({}).map((problem) => problem.argument)).toEqual(
    required.map((key) => `task-platform:${key} (Pulumi.dev.yaml)`),
  );
});

test("a misspelt key is reported once, with the likely key", () => {
  const problems = problemsOf({ ...without("alertEmails"), alertEmail: '["a@acme.io"]' });
  expect(problems).toEqual([
    {
      argument: "task-platform:alertEmail (Pulumi.dev.yaml)",
      given: "an unknown key",
      allowed: Object.keys(configKeys).join(", "),
      fix: "did you mean task-platform:alertEmails?",
    },
  ]);
});

test("an unknown key without a similar one is to be removed", () => {
  expect(problemsOf({ ...rawConfig, replicas: "3" })).toMatchObject([{ fix: "remove it" }]);
});

test("a repository may carry the ids of GitHub's tokens", () => {
  expect(problemsOf({ ...rawConfig, githubRepository: "acme@123456/task-platform@456789" })).toEqual([]);
});

test.each([
  ["accountId", "22222222222"],
  ["accountId", "0222-2222-222"],
  ["domain", "https://acme.io"],
  ["domain", "Acme.io"],
  ["domain", "localhost"],
  ["hostedZoneId", "acme.io"],
  ["githubRepository", "acme"],
  ["githubRepository", "acme@123456/task-platform"],
  ["githubRepository", "acme@*/task-platform@*"],
  ["operatorCidrs", "198.18.7.0/24"],
  ["operatorCidrs", '["0.0.0.0/0"]'],
  ["operatorCidrs", '["198.18.7.1/24"]'],
  ["operatorCidrs", '["198.18.0.0/15"]'],
  ["operatorCidrs", '["10.10.0.0/16"]'],
  ["operatorCidrs", '["198.18.7.0/24", "198.18.7.0/24"]'],
  ["operatorCidrs", "[7]"],
  ["operatorCidrs", '{"office": "198.18.7.0/24"}'],
  ["apiServerCallers", '["198.18.7.0/24"]'],
  ["apiServerCallers", '["10.0.0.0/8"]'],
  ["apiServerCallers", '["runners"]'],
  ["schemaRegistryCidrs", '["sg-0a1b2c3d4e5f60718"]'],
  ["schemaRegistryCidrs", '["0.0.0.0/0"]'],
  ["alertEmails", "[]"],
  ["alertEmails", '["nobody"]'],
  ["alertEmails", "on-call@acme.io"],
  ["deployRoleArn", "arn:aws:iam::222222222222:user/deploy"],
  ["breakGlassRoleArn", "arn:aws:iam::222222222222:root"],
  ["taskApiImage", "registry.acme.io/task-api:latest"],
  ["taskWorkerImage", "task-worker@sha256:abc"],
  ["schemaRegistryUrl", "http://registry.acme.io"],
  ["schemaRegistryUrl", "registry.acme.io"],
  ["authIssuer", "http://login.acme.io"],
  ["authIssuer", "https://login.acme.io/?tenant=1"],
  ["authAudience", "two words"],
  ["authAudience", ""],
  ["authJwksUrl", "ftp://login.acme.io/keys"],
])("%s: %s is refused with what is allowed", (key, text) => {
  const problems = problemsOf({ ...rawConfig, [key]: text });
  expect(problems).toHaveLength(1);
  expect(problems[0]?.argument).toBe(`task-platform:${key} (Pulumi.dev.yaml)`);
  expect(problems[0]?.given).toBe(JSON.stringify(text.replace("?tenant=1", "?***")));
  expect(problems[0]?.allowed).not.toBe("");
});

test("http is allowed on this machine, and inside the cluster for the schema registry only", () => {
  const local = { schemaRegistryUrl: "http://127.0.0.1:8085", authIssuer: "http://127.0.0.1:9000" };
  expect(problemsOf({ ...rawConfig, ...local, authJwksUrl: "http://localhost:9000/keys" })).toEqual([]);
  const inside = "http://registry.events.svc.cluster.local:8080";
  expect(problemsOf({ ...rawConfig, schemaRegistryUrl: inside })).toEqual([]);
  expect(problemsOf({ ...rawConfig, authIssuer: inside })).toHaveLength(1);
});

test("roles of another account, and one role for both purposes, are refused", () => {
  const foreign = problemsOf({ ...rawConfig, deployRoleArn: "arn:aws:iam::333333333333:role/deploy" });
  expect(foreign).toMatchObject([
    {
      argument: "task-platform:deployRoleArn (Pulumi.dev.yaml)",
      allowed: "a role in the account of the stack, 222222222222",
    },
  ]);
  const operator = "arn:aws:iam::222222222222:role/task-platform-operator";
  expect(problemsOf({ ...rawConfig, breakGlassRoleArn: operator })).toMatchObject([
    { argument: "task-platform:breakGlassRoleArn (Pulumi.dev.yaml)", given: operator },
  ]);
  const { deployRoleArn = "" } = rawConfig;
  expect(problemsOf({ ...rawConfig, breakGlassRoleArn: deployRoleArn })).toMatchObject([
    { given: "the same role as deployRoleArn" },
  ]);
});

test("a message shows only the start of a long value", () => {
  const [problem] = problemsOf({ ...rawConfig, domain: "x".repeat(500) });
  expect(problem?.given.length).toBeLessThan(100);
});

test("missing, misspelt and wrongly typed keys are reported together", () => {
  const problems = problemsOf({ ...without("domain"), accountID: "222222222222", alertEmails: "nobody" });
  expect(problems.map((problem) => problem.argument)).toEqual([
    "task-platform:domain (Pulumi.dev.yaml)",
    "task-platform:alertEmails (Pulumi.dev.yaml)",
    "task-platform:accountID (Pulumi.dev.yaml)",
  ]);
});

test("a key under a misspelt namespace is told as that, and not as missing", () => {
  const { domain = "", ...rest } = rawConfig;
  expect(problemsOf({ ...rest, "task-plattform:domain": domain })).toMatchObject([
    {
      argument: "task-plattform:domain (Pulumi.dev.yaml)",
      given: "a key under another namespace",
      fix: "did you mean task-platform:domain?",
    },
  ]);
});
