import { expect, test } from "vitest";
import { configOf, planOf } from "./plan-of.ts";

/** The message of a refusal, or the plan. */
async function refusal(...args: Parameters<typeof planOf>): Promise<string> {
  try {
    const { resources } = await planOf(...args);
    return `${resources.length} resources planned`;
  } catch (error) {
    return (error as Error).message;
  }
}

test("an unknown stack is refused, with the known names", async () => {
  expect(await refusal("dev", { stack: "devv" })).toBe(
    [
      'environment "devv": 1 problem, nothing was created.',
      '  - stack name: got "devv"; allowed: dev, staging, prod, dr; did you mean "dev"?',
    ].join("\n"),
  );
});

test("a deploy refuses all example values of a stack file at once, and names the file", async () => {
  const message = await refusal("prod", { allowExamples: false });
  const keys = [...message.matchAll(/task-platform:(\w+) \(Pulumi\.prod\.yaml\): got the example value/g)];
  expect(keys.map(([, key]) => key)).toEqual([
    "accountId",
    "domain",
    "hostedZoneId",
    "apiServerCallers",
    "alertEmails",
    "githubRepository",
    "deployRoleArn",
    "breakGlassRoleArn",
    "taskApiImage",
    "taskWorkerImage",
    "schemaRegistryUrl",
    "authIssuer",
    "authJwksUrl",
    "originPrefixListId",
    "probePrefixListId",
  ]);
  expect(message).toContain("pulumi config set --secret originSecret");
  expect(message).toContain(
    "replace it in Pulumi.prod.yaml; npm run plan accepts examples, a deploy does not",
  );
});

test("a plan accepts example values", async () => {
  expect(await refusal("prod")).toMatch(/^\d+ resources planned$/);
});

test("a deploy without example values is allowed", async () => {
  const account = "222222222222";
  const own = Object.fromEntries(
    Object.entries(configOf("prod")).map(([key, value]) => [
      key,
      value
        .replaceAll("111111111111", account)
        .replaceAll("example.com", "tasks.acme.io")
        .replace(/^example\//, "acme/")
        .replace("pl-00000000", "pl-0a1b2c3d")
        .replace("sg-00000000000000000", "sg-0a1b2c3d4e5f60718")
        .replace("Z00000000EXAMPLE", "Z0AB12CD34EF56GH")
        .replace(/0{64}$/, "a1".repeat(32)),
    ]),
  );
  const config = { ...own, "task-platform:originSecret": "f7".repeat(32) };
  expect(await refusal("prod", { allowExamples: false, config })).toMatch(/^\d+ resources planned$/);
});

test("one message reports missing, misspelt and wrongly typed values, before anything is registered", async () => {
  const message = await refusal("staging", {
    config: {
      "task-platform:accountId": "12",
      "task-platform:alertEmails": "on-call@acme.io",
      "task-platform:domian": "acme.io",
      "task-platform:taskApiImage": "task-api:latest",
    },
  });
  expect(message).toMatch(/^environment "staging": 4 problems, nothing was created\.\n/);
  expect(message).toContain('task-platform:accountId (Pulumi.staging.yaml): got "12"; allowed: 12 digits');
  expect(message).toContain('task-platform:alertEmails (Pulumi.staging.yaml): got "on-call@acme.io"');
  expect(message).toContain("did you mean task-platform:domain?");
  expect(message).toContain("never a tag");
});

test("an operator range that is the whole internet is refused", async () => {
  const message = await refusal("dev", { config: { "task-platform:operatorCidrs": '["0.0.0.0/0"]' } });
  expect(message).toContain('task-platform:operatorCidrs (Pulumi.dev.yaml): got "[\\"0.0.0.0/0\\"]"');
});
