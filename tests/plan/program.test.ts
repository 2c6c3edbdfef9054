import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  digestText,
  inventory,
  type Plan,
  planEnvironment,
  planProgram,
  repositoryRoot,
  stackNames,
} from "../../tools/plan/index.ts";

const environments = stackNames(repositoryRoot);

/** Each plan is made once, because tests only read plans. */
const resolved = new Map<string, Promise<Plan>>();
function planOnce(name: string): Promise<Plan> {
  const plan = resolved.get(name) ?? planEnvironment(name);
  resolved.set(name, plan);
  return plan;
}

test("There is a stack file for each of the four environments", () => {
  expect(environments).toEqual(["dev", "dr", "prod", "staging"]);
});

test.each(environments)(
  "The inventory of %s is the golden file; npm run golden rewrites it",
  async (name) => {
    const golden = readFileSync(join(repositoryRoot, "tests", "goldens", `${name}.inventory.txt`), "utf8");
    expect(inventory(await planOnce(name))).toBe(golden);
  },
);

test.each(environments)(
  "Preview and resolved mode of %s register the same resources with the same options",
  async (name) => {
    const preview = await planEnvironment(name, { mode: "preview" });
    const shape = (plan: Plan) =>
      plan.resources.map(({ urn, options }) => {
        // The id of the provider is the only option that a preview does not know.
        const { provider, ...others } = options;
        return { urn, ...others, provider: provider.slice(0, provider.lastIndexOf("::")) };
      });
    expect(shape(preview)).toEqual(shape(await planOnce(name)));
  },
);

test.each(environments)(
  "The resolved plan of %s has no unknown, no undefined and no object converted to text",
  async (name) => {
    const text = digestText(await planOnce(name));
    expect(text).not.toContain("04da6b54-80e4-46f7-96ec-b56ff0331ba9");
    expect(text).not.toMatch(/\bundefined\b|\bNaN\b|\[object Object\]|Calling \[to(String|JSON)\]/);
  },
);

test.each(environments)("No stack output of %s is a secret", async (name) => {
  expect((await planOnce(name)).secretOutputs).toEqual([]);
});

test("The plan of an environment does not depend on the plans before it, and has the same bytes each time", async () => {
  const alone = digestText(await planEnvironment("dev"));
  await planProgram(() => ({ something: "else" }), { stack: "other", config: { "aws:region": "eu-west-1" } });
  await planEnvironment("dr", { mode: "preview" });
  expect(digestText(await planEnvironment("dev"))).toBe(alone);
});
