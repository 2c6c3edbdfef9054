import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { rules } from "../../policies/index.ts";
import { type Plan, type PlannedResource, planEnvironment } from "../../tools/plan/index.ts";
import { type Analyzer, startAnalyzer } from "./analyzer.ts";

let analyzer: Analyzer;
let preview: Plan;

beforeAll(async () => {
  analyzer = await startAnalyzer(join(import.meta.dirname, "..", ".."));
  preview = await planEnvironment("prod", { mode: "preview" });
});

afterAll(async () => {
  await analyzer?.stop();
});

test("the pack starts as `pulumi preview --policy-pack policies` starts it, and offers every rule", async () => {
  const { name, policies } = await analyzer.info();
  expect(name).toBe("task-platform");
  const single = rules.filter(({ types }) => types !== "stack").map(({ id }) => id);
  expect(policies.toSorted()).toEqual([...single, "stack-as-a-whole", "stack-as-far-as-known"].toSorted());
});

test("a first preview of prod is not stopped, resource by resource or as a whole", async () => {
  const each = await Promise.all(preview.resources.map((resource) => analyzer.analyze(resource)));
  const whole = await analyzer.analyzeStack(preview.resources);
  const stopping = [...each.flat(), ...whole].filter(({ mandatory }) => mandatory);
  expect(stopping.map(({ policy, message }) => `${policy}: ${message}`)).toEqual([]);
});

test("a database that is opened to the world stops the preview", async () => {
  const database = preview.resources.find(({ type }) => type === "aws:rds/instance:Instance");
  const found = await analyzer.analyze(withInputs(database, { publiclyAccessible: true }));
  expect(found.filter(({ mandatory }) => mandatory).map(({ policy }) => policy)).toEqual([
    "database-not-public",
  ]);
});

test("a property that is not known yet gives advice and does not stop the preview", async () => {
  const key = preview.resources.find(({ type }) => type === "aws:kms/key:Key");
  const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
  const found = await analyzer.analyze(withInputs(key, { policy: unknown }));
  const policies = found.map(({ policy, mandatory }) => ({ policy, mandatory }));
  expect(policies).toContainEqual({ policy: "key-policy-closed", mandatory: false });
  expect(found.filter(({ mandatory }) => mandatory)).toEqual([]);
});

test("a store without its alarms stops the preview", async () => {
  const left = preview.resources.filter(
    ({ type, inputs }) => !(type.endsWith(":MetricAlarm") && inputs.metricName === "FreeStorageSpace"),
  );
  const found = (await analyzer.analyzeStack(left)).filter(({ mandatory }) => mandatory);
  expect(found.map(({ message }) => message)).toContainEqual(
    expect.stringContaining("[database-has-alarms] database: alarm on FreeStorageSpace: got none"),
  );
});

function withInputs(
  resource: PlannedResource | undefined,
  inputs: Readonly<Record<string, unknown>>,
): PlannedResource {
  if (!resource) throw new Error("the plan has no such resource");
  return { ...resource, inputs: { ...resource.inputs, ...inputs } };
}
