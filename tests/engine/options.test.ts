import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { findCli, openStack } from "../../tools/engine/index.ts";
import { planProgram, readStackFile } from "../../tools/plan/index.ts";
import { skip } from "../support/skip.ts";
import { differences } from "./support/compare.ts";
import { expectSuccess } from "./support/lifecycle.ts";
import { program } from "./support/options-program.ts";

const found = findCli();

beforeEach((context) => {
  if ("missing" in found) skip(context, found.missing);
});

test("the engine and the plan pass the options that a transform gave a component on to its children, before their transforms run", {
  timeout: 5 * 60_000,
}, async () => {
  if ("missing" in found) throw new Error(found.missing);
  const file = join(import.meta.dirname, "support", "options-program.ts");
  const stack = await openStack({
    environment: "dev",
    cli: found.cli,
    policyPack: false, // Its rules are about the platform.
    program: `import { program } from "${file}";\nexport default program();\n`,
  });
  try {
    expectSuccess(await stack.up());
    const { resources } = await stack.state();
    const isProtected = (name: string) =>
      resources.find(({ urn }) => urn.endsWith(`Topic::${name}`))?.protect ?? false;
    expect([isProtected("kept"), isProtected("released")]).toEqual([true, false]);
    const { config, project } = readStackFile(stack.project, "dev");
    const plan = await planProgram(program, { stack: "dev", project, config });
    expect(differences(plan, { resources, pendingOperations: [] })).toEqual([]);
  } finally {
    stack.close();
  }
});
