import { expect, test } from "vitest";
import { inspect, parse, sourcesIn } from "../repository.ts";
import { environmentNames } from "./environment-names.ts";

// Policies judge a finished plan by thresholds per environment, and tools run one environment: they decide nothing.
test("only stacks/ names environments, so no code decides by the name of one", () => {
  const found = inspect(sourcesIn("apps", "components", "infra"), environmentNames);
  expect(found).toEqual([]);
});

test("stacks/ does name environments: the guard knows their names", () => {
  expect(inspect(sourcesIn("stacks"), environmentNames)).not.toEqual([]);
});

test.each([
  ["a comparison", 'if (env === "prod") {}'],
  ["a comparison in the other order", 'if ("prod" === env) {}'],
  ["a loose comparison", "if (env != 'dev') {}"],
  ["a template", "const big = env === `prod`;"],
  ["a case", 'switch (env) { case "staging": break; }'],
  ["a list", 'const isBig = ["prod", x].includes(env);'],
  ["a set", 'new Set(["dr"]).has(env);'],
  ["a text test", 'env.startsWith("prod-");'],
  ["a part of a name", 'name.includes("-prod");'],
  ["a pattern", "/^prod/.test(env);"],
  ["a word in a pattern", "/\\bdev\\b/.test(env);"],
  ["a key", "const size = { prod: 3 }[env];"],
  ["a quoted key", 'const size = { "prod": 3 }[env];'],
  ["a member", "const size = sizes.prod;"],
  ["a member in brackets", 'const size = sizes["prod"];'],
  ["destructuring", "const { prod } = specs;"],
  ["a type", 'function f(env: "dev" | Other) {}'],
])("the name of an environment is found: %s", (_, code) => {
  expect(environmentNames(parse(code))).not.toEqual([]);
});

test.each([
  ["a text for people", 'throw new Error("give 30 days in prod");'],
  ["a longer word", 'if (mode === "production") {}\nconst developer = { devices: 1 };'],
  ["the data of an environment", "if (spec.database.replica) {}"],
])("it names no environment: %s", (_, code) => {
  expect(environmentNames(parse(code))).toEqual([]);
});
