import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { controlIds, coverage, idleReasons } from "./coverage.ts";
import type { ExampleResource } from "./kit/index.ts";
import { rules } from "./rules/index.ts";

test("every row of the table of controls has a rule or a written reason, never both", () => {
  const bare = Object.entries(coverage()).filter(([, row]) => "notByPolicy" in row && row.notByPolicy === "");
  expect(bare.map(([id]) => id)).toEqual([]);
  expect(idleReasons()).toEqual([]);
});

test("every rule names at least one row of the table, and every row it names exists", () => {
  const strange = rules.flatMap(({ id, controls }) =>
    controls.filter((control) => !controlIds.includes(control)).map((control) => `${id}: ${control}`),
  );
  expect(strange).toEqual([]);
  expect(rules.filter(({ controls }) => controls.length === 0)).toEqual([]);
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
      ? join(
          module.replace(".k8s.io", "").replace("helm.sh", "helm").replace("rbac.authorization", "rbac"),
          camel,
        )
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

test("every resource type in a rule or its examples exists in its SDK", () => {
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
