import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { controlIds, coverage, idleReasons } from "./coverage.ts";
import { evaluate, globMatches } from "./evaluate.ts";
import { rules } from "./rules/index.ts";
import { exampleResources } from "./stack.ts";
import type { ExampleResource, Waiver } from "./types.ts";
import { waivers } from "./waivers.ts";

test("every row of the table of controls has a rule or a written reason, never both", () => {
  const bare = Object.entries(coverage()).filter(([, row]) => "notByPolicy" in row && row.notByPolicy === "");
  expect(bare.map(([id]) => id)).toEqual([]);
  expect(idleReasons()).toEqual([]);
});

test("every row a rule names exists, and every rule names one", () => {
  const strange = rules.flatMap(({ id, controls }) =>
    controls.filter((control) => !controlIds.includes(control)).map((control) => `${id}: ${control}`),
  );
  expect(strange).toEqual([]);
  expect(rules.filter(({ controls }) => controls.length === 0)).toEqual([]);
});

/** Half a year: nobody remembers longer why it was right. */
const longestDays = 180;

test("every waiver is of a rule, has a reason and an owner, and ends within half a year", () => {
  const now = Date.now();
  const wrong = waivers.flatMap(({ rule, reason, owner, expires }) => {
    const days = (Date.parse(`${expires}T23:59:59Z`) - now) / 86_400_000;
    return [
      ...(rules.some(({ id }) => id === rule) ? [] : [`${rule}: there is no such rule`]),
      ...(reason.length >= 40 && owner !== "" ? [] : [`${rule}: write why, and who decides`]),
      ...(days > 0 ? [] : [`${rule}: expired on ${expires}; mend what it waives, or decide again`]),
      ...(days <= longestDays ? [] : [`${rule}: lasts until ${expires}; allowed: ${longestDays} days`]),
    ];
  });
  expect(wrong).toEqual([]);
});

const open = exampleResources([
  { type: "aws:rds/instance:Instance", name: "database-main", inputs: { publiclyAccessible: true } },
]);
const oneRule = rules.filter(({ id }) => id === "database-not-public");
const waiver: Waiver = {
  rule: "database-not-public",
  resource: "database-*",
  environments: ["dev"],
  reason: "An example.",
  owner: "platform team",
  expires: "2026-11-25",
};

test("a waiver holds on its last day and not on the day after", () => {
  const on = (today: string) => evaluate(open, { environment: "dev", today }, oneRule, [waiver]);
  expect(on("2026-11-25").waived.map((entry) => entry.waiver)).toEqual([waiver]);
  expect(on("2026-11-25").violations).toEqual([]);
  expect(on("2026-11-26").violations.map(({ rule }) => rule)).toEqual(["database-not-public"]);
});

test("a waiver holds for its environments, its rule and its resources only", () => {
  const rulesBrokenWith = (entry: Waiver, environment: "dev" | "prod") =>
    evaluate(open, { environment, today: "2026-11-25" }, oneRule, [entry]).violations.length;
  expect(rulesBrokenWith(waiver, "prod")).toBe(1);
  expect(rulesBrokenWith({ ...waiver, rule: "database-encrypted" }, "dev")).toBe(1);
  expect(rulesBrokenWith({ ...waiver, resource: "cache-*" }, "dev")).toBe(1);
});

test("a pattern means its own letters, and any text only where it has a star", () => {
  expect(globMatches("task-*", "task-api")).toBe(true);
  expect(globMatches("task-*", "my-task-api")).toBe(false);
  expect(globMatches("a.c", "abc")).toBe(false);
  expect(globMatches("", "")).toBe(true);
  expect(globMatches("", "task-api")).toBe(false);
});

const require = createRequire(import.meta.url);
const sdks: Readonly<Record<string, string>> = {
  aws: dirname(require.resolve("@pulumi/aws/package.json")),
  kubernetes: dirname(require.resolve("@pulumi/kubernetes/package.json")),
  random: dirname(require.resolve("@pulumi/random/package.json")),
};

/** Declarations of a resource type in its SDK; undefined when the SDK has no such type. */
function declarationOf(type: string): string | undefined {
  const [provider = "", module = "", name = ""] = type.split(":");
  const camel = `${name.slice(0, 1).toLowerCase()}${name.slice(1)}`;
  const path =
    provider === "kubernetes"
      ? join(module.replace(".k8s.io", "").replace("rbac.authorization", "rbac"), camel)
      : module.replace(/^index\//, "");
  const file = join(sdks[provider] ?? "", `${path}.d.ts`);
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

/** Types of charts and of the engine have no class in an SDK. */
const withoutClass = [
  "kubernetes:argoproj.io/v1alpha1:Rollout",
  "kubernetes:external-secrets.io/v1:ExternalSecret",
  "kubernetes:external-secrets.io/v1:SecretStore",
  "pulumi:providers:aws",
];

const examples: readonly ExampleResource[] = rules.flatMap(({ examples: { pass, fail, missing } }) => [
  ...pass,
  ...fail,
  ...missing,
]);

test("every type a rule is about exists in its SDK", () => {
  const named = rules.flatMap(({ types }) => (types === "stack" ? [] : types));
  const types = new Set([...named, ...examples.map(({ type }) => type)]);
  const unknown = [...types].filter((type) => !withoutClass.includes(type) && !declarationOf(type));
  expect(unknown).toEqual([]);
});

test("every property of an example exists in its SDK", () => {
  const misspelt = examples.flatMap(({ type, inputs = {} }) => {
    const declaration = declarationOf(type);
    if (!declaration) return [];
    return Object.keys(inputs)
      .filter((key) => !new RegExp(`\\b${key}\\??: `).test(declaration))
      .map((key) => `${type}: ${key}`);
  });
  expect([...new Set(misspelt)]).toEqual([]);
});
