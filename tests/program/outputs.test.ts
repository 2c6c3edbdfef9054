import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { expect, test } from "vitest";
import { allowExampleValuesKey } from "../../infra/program.ts";
import { specs } from "../../stacks/index.ts";
import { planProgram } from "../../tools/plan/index.ts";
import { configOf, environments, planOf, root } from "./plan-of.ts";

interface Schema {
  readonly required: readonly string[];
  readonly properties: Readonly<Record<string, unknown>>;
}

const schema = JSON.parse(readFileSync(join(root, "infra/outputs.schema.json"), "utf8")) as Schema;
const valid = new Ajv({ allErrors: true }).compile(schema);

/** Outputs of version 1. Lines may be added. A removed or changed line breaks a reader and needs version 2. */
const promised: Readonly<Record<string, string>> = {
  accountId: "string",
  alertTopicArns: "object: page, ticket",
  cacheHost: "string",
  cachePort: "integer",
  clusterEndpoint: "string",
  clusterName: "string",
  databaseHost: "string",
  databaseName: "string",
  databasePort: "integer",
  databaseSecretArn: "string",
  deployments: "object: api, processor, relay",
  domain: "string",
  environment: "dev, staging, prod, dr",
  images: "object: taskApi, taskWorker",
  kafkaBrokers: "string",
  kafkaClusterArn: "string",
  kafkaSubnetIds: "array",
  kafkaTopics: "object: processorDeadLetter, taskEvents",
  namespace: "string",
  natAddresses: "array",
  region: "string",
  role: "primary, standby",
  stopped: "array",
  vpcId: "string",
  version: "1",
};

function describe(property: unknown): string {
  const { type, required, const: only, enum: words } = property as Record<string, unknown>;
  if (only !== undefined) return String(only as number);
  if (Array.isArray(words)) return words.join(", ");
  return Array.isArray(required) ? `${type as string}: ${required.toSorted().join(", ")}` : (type as string);
}

test.each(environments)("the outputs of %s fit the schema, and none is secret", async (name) => {
  const plan = await planOf(name);
  valid(plan.outputs);
  expect(valid.errors).toBeNull();
  expect(plan.secretOutputs).toEqual([]);
  expect(plan.outputs).toMatchObject({ environment: name, region: specs[name].region, version: 1 });
});

test("every output of version 1 is still there, with its type", () => {
  for (const [name, type] of Object.entries(promised)) {
    expect([name, describe(schema.properties[name])]).toEqual([name, type]);
    expect(schema.required).toContain(name);
  }
});

test("the entry of the CLI exports exactly the outputs of the program", async () => {
  const config = { ...configOf("dev"), [`task-platform:${allowExampleValuesKey}`]: "true" };
  const plan = await planProgram(async () => ({ ...(await import("../../infra/index.ts")) }), { config });
  const { outputs } = await planOf("dev");
  expect(plan.outputs).toEqual(outputs);
  expect(Object.keys(plan.outputs).toSorted()).toEqual(Object.keys(promised).toSorted());
});

test("a first preview already knows the outputs that do not come from AWS", async () => {
  const { outputs } = await planOf("dev", { mode: "preview" });
  expect(outputs).toMatchObject({
    environment: "dev",
    databaseName: "tasks",
    namespace: "tasks",
    databasePort: 5432,
  });
});
