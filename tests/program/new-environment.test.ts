import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import ts from "typescript";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { platform } from "../../components/base/core/index.ts";
import { allowExampleValuesKey, program } from "../../infra/program.ts";
import { environmentOf, evaluate, rules, waivers } from "../../policies/index.ts";
import { type EnvironmentSpec, specs } from "../../stacks/index.ts";
import { type Plan, planProgram } from "../../tools/plan/index.ts";
import { run } from "./other-program.ts";
import { configOf, root } from "./plan-of.ts";

/** An account of its own, and a name as long as names may be. */
const account = "222233334444";
const name = "qa-of-the-team-x";
const key = "qaOfTheTeamX";

const spec = `import type { EnvironmentSpec } from "./environment.ts";
import { prod } from "./prod.ts";

export const ${key} = {
  ...prod,
  name: "${name}",
  network: { ...prod.network, cidr: "10.50.0.0/16" },
  edge: { ...prod.edge, failover: "none" },
  secrets: { owner: "${name}", readBy: [] },
} satisfies EnvironmentSpec;
`;

const { prod } = specs;
const qa: EnvironmentSpec = {
  ...prod,
  name,
  network: { ...prod.network, cidr: "10.50.0.0/16" },
  edge: { ...prod.edge, failover: "none" },
  secrets: { owner: name, readBy: [] },
};

/** Text of the stack file of prod as the new environment has it. */
const ofQa = (text: string) =>
  text.replaceAll("task-prod", `task-${name}`).replaceAll("111111111111", account);

let plan: Plan;

beforeAll(async () => {
  const config = Object.entries(configOf("prod")).map(([at, value]): [string, string] => [at, ofQa(value)]);
  plan = await planProgram(() => program({ ...specs, [name]: qa }), {
    stack: name,
    config: { ...Object.fromEntries(config), [`${platform.name}:${allowExampleValuesKey}`]: "true" },
  });
});

/** A copy of the program with one more environment: a spec, a stack file and one line. */
function copyWithQa(): string {
  const copy = mkdtempSync(join(tmpdir(), "new-environment-"));
  const parts = ["apps/contracts", "components", "docs", "infra", "policies", "stacks", "tools"];
  for (const part of [...parts, "package.json", "Pulumi.yaml"]) {
    cpSync(join(root, part), join(copy, part), { recursive: true });
  }
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
  writeFileSync(join(copy, "stacks", `${name}.ts`), spec);
  const index = readFileSync(join(root, "stacks", "index.ts"), "utf8");
  writeFileSync(
    join(copy, "stacks", "index.ts"),
    `import { ${key} } from "./${name}.ts";\n${index.replace("staging, prod,", `staging, "${name}": ${key}, prod,`)}`,
  );
  const stackFile = ofQa(readFileSync(join(root, "Pulumi.prod.yaml"), "utf8"));
  writeFileSync(join(copy, `Pulumi.${name}.yaml`), stackFile);
  return copy;
}

test("a spec, a stack file and one line make an environment that plans in an account of its own", () => {
  expect(plan.resources.length).toBeGreaterThan(300);
  const text = JSON.stringify(plan.resources.map(({ inputs }) => inputs));
  expect(text).toContain(account);
  expect(text).not.toContain("111111111111");
  for (const other of ["task-prod", "/task-platform/prod/"]) expect(text).not.toContain(other);
});

test("every judge takes a stack that policies do not know for prod, and the new environment breaks no rule", () => {
  expect(environmentOf(name)).toBe("prod");
  const context = { environment: environmentOf(name), today: new Date().toISOString().slice(0, 10) };
  const { violations } = evaluate(plan.resources, context, rules, waivers);
  expect(violations.map(({ message }) => message)).toEqual([]);
});

test("the tools know it: it plans, renders, and a deploy asks for the values of its own file", {
  timeout: 600_000,
}, () => {
  const copy = copyWithQa();
  onTestFinished(() => rmSync(copy, { recursive: true, force: true }));
  const rendered = run(copy, ["tools/render/main.ts", name, "--out=rendered"]);
  expect([rendered.status, rendered.stderr]).toEqual([0, ""]);
  expect(readFileSync(join(copy, "rendered", "terraform", "main.tf.json"), "utf8")).toContain(`task-${name}`);
  const summary = run(copy, ["tools/plan/main.ts", name]);
  expect(summary.stdout).toContain(`task-platform:domain (Pulumi.${name}.yaml)`);
  const deploy = run(copy, ["tools/deploy/main.ts", "preview", name]);
  expect(deploy.stderr).toContain("the Pulumi CLI is not on PATH");
});

/** What the compiler says of all code, tests included, when `stacks/index.ts` names one more environment. */
function errorsWithQa(): readonly string[] {
  const file = join(root, "stacks", "index.ts");
  const { config } = ts.readConfigFile(join(root, "tsconfig.json"), (path) => ts.sys.readFile(path)) as {
    config: object;
  };
  const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const host = ts.createCompilerHost(options);
  const read = host.readFile.bind(host);
  const getSourceFile: typeof host.getSourceFile = (path, target) => {
    const text = path === file ? read(path)?.replace("{ dev,", '{ dev, "qa": dev,') : read(path);
    return text === undefined ? undefined : ts.createSourceFile(path, text, target);
  };
  const compiled = ts.createProgram(
    fileNames,
    { ...options, incremental: false },
    { ...host, getSourceFile },
  );
  return ts
    .getPreEmitDiagnostics(compiled)
    .map((one) => `${one.file?.fileName}: ${ts.flattenDiagnosticMessageText(one.messageText, " ")}`);
}

test("the code of every folder compiles with one more environment, so no table lists them", {
  timeout: 600_000,
}, () => {
  expect(errorsWithQa()).toEqual([]);
});
