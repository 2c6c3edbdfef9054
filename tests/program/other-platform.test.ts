import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { platform } from "../../components/base/core/index.ts";
import { run } from "./other-program.ts";
import { environments, root } from "./plan-of.ts";

const other = { name: "acme-flow", prefix: "acmeflow" };

/** Runs before a tool: the one file with the name of the platform has another name. */
const renamed = `data:text/javascript,${encodeURIComponent(`
  import { registerHooks } from "node:module";
  registerHooks({ load: (url, context, next) => {
    const loaded = next(url, context);
    if (!url.endsWith("/components/base/core/platform.ts")) return loaded;
    const source = String(loaded.source)
      .replace('name: "${platform.name}"', 'name: "${other.name}"')
      .replace('prefix: "${platform.prefix}"', 'prefix: "${other.prefix}"');
    return { ...loaded, source };
  } });
`)}`;

/** Plans every environment under the other name, with stack files whose values have it too, and judges the plans. */
const planAll = `
  const { program, allowExampleValuesKey } = await import("./infra/program.ts");
  const { specs } = await import("./stacks/index.ts");
  const { planProgram, readStackFile } = await import("./tools/plan/index.ts");
  const { environmentOf, evaluate, rules, waivers } = await import("./policies/index.ts");
  const tags = { owner: "somebody", costCenter: "flow", dataClassification: "personal" };
  const from = Object.fromEntries(Object.entries(specs).map(([name, spec]) => [name, { ...spec, tags }]));
  const found = {};
  for (const name of Object.keys(specs)) {
    const config = Object.fromEntries(Object.entries(readStackFile(".", name).config).map(([key, value]) => [
      key.replace(/^${platform.name}:/, "${other.name}:"),
      value.replaceAll("${platform.name}", "${other.name}").replaceAll("${platform.prefix}-" + name, "${other.prefix}-" + name),
    ]));
    config["${other.name}:" + allowExampleValuesKey] = "true";
    const plan = await planProgram(() => program(from), { project: "${other.name}", stack: name, config });
    const today = new Date().toISOString().slice(0, 10);
    const { violations } = evaluate(plan.resources, { environment: environmentOf(name), today }, rules, waivers);
    found[name] = {
      inputs: plan.resources.map(({ name, inputs }) => [name, inputs]),
      violations: violations.map(({ message }) => message),
    };
  }
  process.stdout.write(JSON.stringify(found));
`;

interface Found {
  readonly inputs: readonly (readonly [string, unknown])[];
  readonly violations: readonly string[];
}

let found: Readonly<Record<string, Found>>;
beforeAll(() => {
  const { stdout, stderr } = run(root, ["--import", renamed, "--input-type=module", "--eval", planAll]);
  if (stdout === "") throw new Error(stderr);
  found = JSON.parse(stdout) as Readonly<Record<string, Found>>;
}, 600_000);

/** The type of a component inside of a URN is a name of code, and stays. */
const componentType = new RegExp(`${platform.name}:[a-z]+:[A-Z][A-Za-z]+`, "g");

/** Texts with the old name, or with the old prefix before the name of an environment, with their places. */
function remains(value: unknown, path: string): string[] {
  if (typeof value === "string") {
    const old = new RegExp(`${platform.name}|\\b${platform.prefix}-(?:(?:${environments.join("|")})\\b|\\*)`);
    return old.test(value.replaceAll(componentType, "")) ? [`${path}: ${value.slice(0, 120)}`] : [];
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => [
    ...remains(key, `${path}, a key`),
    ...remains(part, `${path}.${key}`),
  ]);
}

test.each(environments)("with another name in one file, nothing in %s has the old name or prefix", (name) => {
  const { inputs = [], violations } = found[name] ?? {};
  expect(inputs.length).toBeGreaterThan(100);
  expect(inputs.flatMap(([at, value]) => [...remains(at, at), ...remains(value, at)])).toEqual([]);
  expect(JSON.stringify(inputs)).toContain(`${other.prefix}-${name}`);
  expect(violations).toEqual([]);
});

test("bootstrap makes what the renamed program refers to", { timeout: 300_000 }, () => {
  const tool = join("tools", "bootstrap", "main.ts");
  const people = "--people=arn:aws:iam::222222222222:user/anna";
  const { stdout, stderr } = run(root, ["--import", renamed, tool, "--account=222222222222", people]);
  expect(stderr).toBe("");
  expect(stdout).toContain(`alias/${other.name}-state`);
  expect(remains(stdout.split("\n"), "bootstrap")).toEqual([]);
});
