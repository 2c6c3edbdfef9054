import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { rules } from "../../policies/index.ts";
import { type Plan, type PlannedResource, planEnvironment } from "../../tools/plan/index.ts";
import { type Analyzer, startAnalyzer } from "./analyzer.ts";
import { asEngineShows, unknownText } from "./engine-view.ts";

let analyzer: Analyzer;
let preview: readonly PlannedResource[];
let deploy: Plan;

beforeAll(async () => {
  analyzer = await startAnalyzer(join(import.meta.dirname, "..", ".."));
  preview = asEngineShows(await planEnvironment("prod", { mode: "preview" }));
  deploy = await planEnvironment("prod");
});

afterAll(async () => {
  await analyzer?.stop();
});

/** Everything that the pack says when the engine shows it each resource, then the stack. */
async function run(resources: readonly PlannedResource[]) {
  const each = await Promise.all(resources.map((resource) => analyzer.analyze(resource)));
  return [...each.flat(), ...(await analyzer.analyzeStack(resources))];
}

test("the pack starts as `pulumi preview --policy-pack policies` starts it, and offers every rule", async () => {
  const { name, policies } = await analyzer.info();
  expect(name).toBe("task-platform");
  const single = rules.filter(({ types }) => types !== "stack").map(({ id }) => id);
  expect(policies.toSorted()).toEqual([...single, "inputs-remembered", "stack-as-a-whole"].toSorted());
});

test.each([
  ["a first preview, where no Kubernetes object has outputs", () => preview],
  ["an update, with the names and outputs of the providers", () => asEngineShows(deploy)],
])("the pack says nothing about prod in %s", async (_, resources) => {
  const found = await run(resources());
  expect(found.map(({ policy, message }) => `${policy}: ${message}`)).toEqual([]);
});

test("a database that is opened to the world stops the preview", async () => {
  const database = preview.find(({ type }) => type === "aws:rds/instance:Instance");
  const found = await analyzer.analyze(withInputs(database, { publiclyAccessible: true }));
  expect(found).toMatchObject([{ policy: "database-not-public", mandatory: true }]);
});

test("a rule that reads a property which is not known yet says nothing, and speaks when it is known", async () => {
  const key = preview.find(({ type }) => type === "aws:kms/key:Key");
  expect(await analyzer.analyze(withInputs(key, { policy: unknownText }))).toEqual([]);
  const open = JSON.stringify({ Statement: [{ Effect: "Allow", Principal: "*", Action: "kms:*" }] });
  const found = await analyzer.analyze(withInputs(key, { policy: open }));
  expect(found.map(({ policy }) => policy)).toContain("key-policy-closed");
});

test("what the first preview lacks stops it, in one line a rule, also where no object has outputs", async () => {
  const left = preview.filter(
    ({ type, inputs }) =>
      type !== "kubernetes:policy/v1:PodDisruptionBudget" &&
      !(type.endsWith(":MetricAlarm") && /FreeStorageSpace|CPUUtilization/.test(String(inputs.metricName))),
  );
  const found = await run(left);
  expect(found.filter(({ mandatory }) => !mandatory)).toEqual([]);
  const about = (rule: string) => found.filter(({ message }) => message.includes(`[${rule}]`));
  const [alarms, ...otherAlarms] = about("database-has-alarms");
  expect(alarms?.message).toContain("database: alarm on FreeStorageSpace: got none");
  expect(alarms?.message).toContain("database: alarm on CPUUtilization: got none");
  const [budgets, ...otherBudgets] = about("workload-has-disruption-budget");
  expect(budgets?.message).toContain("task-api: disruption budget: got none");
  expect(budgets?.message).toContain("task-relay: disruption budget: got none");
  expect([...otherAlarms, ...otherBudgets]).toEqual([]);
});

function withInputs(
  resource: PlannedResource | undefined,
  inputs: Readonly<Record<string, unknown>>,
): PlannedResource {
  if (!resource) throw new Error("the plan has no such resource");
  return { ...resource, inputs: { ...resource.inputs, ...inputs } };
}
