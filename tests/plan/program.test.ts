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

/** Each plan once; a plan is read only. */
const resolved = new Map<string, Promise<Plan>>();
function planOnce(name: string): Promise<Plan> {
  const plan = resolved.get(name) ?? planEnvironment(name);
  resolved.set(name, plan);
  return plan;
}

test("There is a stack file for each of the four environments", () => {
  expect(environments).toEqual(["dev", "dr", "prod", "staging"]);
});

test.each(environments)("The inventory of %s is the golden one; npm run golden rewrites it", async (name) => {
  const golden = readFileSync(join(repositoryRoot, "tests", "goldens", `${name}.inventory.txt`), "utf8");
  expect(inventory(await planOnce(name))).toBe(golden);
});

test.each(environments)(
  "Preview and resolved mode of %s register the same resources with the same options",
  async (name) => {
    const preview = await planEnvironment(name, { mode: "preview" });
    const shape = (plan: Plan) =>
      plan.resources.map(({ urn, options }) => {
        // A provider's id is the only thing of the options that a preview does not know.
        const { provider, ...others } = options;
        return { urn, ...others, provider: provider.slice(0, provider.lastIndexOf("::")) };
      });
    expect(shape(preview)).toEqual(shape(await planOnce(name)));
  },
);

test.each(environments)("Two plans of %s have the same bytes", async (name) => {
  expect(digestText(await planEnvironment(name))).toBe(digestText(await planOnce(name)));
});

test.each(environments)(
  "In the resolved plan of %s nothing is unknown, undefined or an object put into text",
  async (name) => {
    const text = digestText(await planOnce(name));
    expect(text).not.toContain("04da6b54-80e4-46f7-96ec-b56ff0331ba9");
    expect(text).not.toMatch(/\bundefined\b|\bNaN\b|\[object Object\]|Calling \[to(String|JSON)\]/);
  },
);

test.each(environments)("No stack output of %s is a secret", async (name) => {
  expect((await planOnce(name)).secretOutputs).toEqual([]);
});

test("The inventory of production changes when a resource is renamed", async () => {
  const plan = await planOnce("prod");
  const [subnet] = plan.all("aws:ec2/subnet:Subnet");
  const renamed = plan.resources.map((resource) =>
    resource === subnet ? { ...resource, name: `${resource.name}-2` } : resource,
  );
  expect(inventory({ ...plan, resources: renamed })).not.toBe(inventory(plan));
});

test("Every resource of every environment has an explicit provider", async () => {
  for (const name of environments) {
    const plan = await planOnce(name);
    expect(plan.config["pulumi:disable-default-providers"]).toBe('["*"]');
    const loose = plan.resources.filter(
      ({ custom, type, options }) => custom && !type.startsWith("pulumi:") && options.provider === "",
    );
    expect(loose.map(({ urn }) => urn)).toEqual([]);
  }
});

test("An environment's plan does not depend on the one before it", async () => {
  const alone = digestText(await planEnvironment("dev"));
  await planProgram(() => ({ something: "else" }), { stack: "other", config: { "aws:region": "eu-west-1" } });
  await planEnvironment("dr", { mode: "preview" });
  expect(digestText(await planEnvironment("dev"))).toBe(alone);
});
