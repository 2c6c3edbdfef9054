import { CORE_SCHEMA, load, YAML11_SCHEMA } from "js-yaml";
import { beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { type Plan, planEnvironment } from "../../tools/plan/index.ts";
import { kubernetesFiles, type ManifestFile } from "../../tools/render/index.ts";

let plan: Plan;
let files: readonly ManifestFile[];

beforeAll(async () => {
  plan = await planEnvironment("prod");
  files = kubernetesFiles(plan);
});

const place = (part: string): number => files.findIndex(({ name }) => name.includes(part));

test("every Kubernetes object of the plan is one file with exactly its inputs", () => {
  const objects = plan.resources.filter(
    ({ type, custom }) => custom && type.startsWith("kubernetes:") && !type.includes(":helm.sh/"),
  );
  const rendered = files.map(({ text }) => JSON.stringify(parse(text))).toSorted();
  expect(rendered).toEqual(objects.map(({ inputs }) => JSON.stringify(inputs)).toSorted());
  expect(files.length).toBeGreaterThan(0);
});

test("an object comes after the objects it depends on", () => {
  expect(place("-namespace-")).toBe(0);
  expect(place("-serviceaccount-task-api")).toBeLessThan(place("-job-task-migrate"));
  expect(place("-job-task-migrate")).toBeLessThan(place("-deployment-task-api"));
  expect(place("-deployment-task-api")).toBeLessThan(place("-horizontalpodautoscaler-task-api"));
});

test("names of files sort in the order they are applied", () => {
  const names = files.map(({ name }) => name);
  expect(names.toSorted()).toEqual(names);
  expect(new Set(names).size).toBe(names.length);
});

test("kubectl, which reads YAML 1.1, and readers of YAML 1.2 find exactly the inputs in a file", () => {
  for (const { name, text } of files) {
    const expected = JSON.stringify(parse(text));
    for (const schema of [YAML11_SCHEMA, CORE_SCHEMA])
      expect([name, JSON.stringify(load(text, { schema }))]).toEqual([name, expected]);
  }
  // Variables of the manifests say "on", which is true in YAML 1.1.
  expect(files.some(({ text }) => text.includes('value: "on"'))).toBe(true);
});
