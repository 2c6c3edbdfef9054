import { expect, test } from "vitest";
import { inspect, mentioning, parse, sourcesIn } from "../repository.ts";
import { mayReadVariables, toolsThatReadVariables, variableReads } from "./environment-variables.ts";

test("only config.ts files of the services read environment variables", () => {
  const others = sourcesIn("apps", "components", "infra", "policies", "stacks").filter(
    (file) => !mayReadVariables(file),
  );
  expect(inspect(mentioning("process", others), variableReads)).toEqual([]);
});

test("every tool that reads environment variables is listed with its reason, and no other", () => {
  const readers = inspect(mentioning("process", sourcesIn("tools")), variableReads).map((found) =>
    found.split("/").slice(0, 2).join("/"),
  );
  expect([...new Set(readers)].toSorted()).toEqual(Object.keys(toolsThatReadVariables));
});

test.each([
  ["the global", "const a = process.env.NAME;"],
  ["the whole", "start(process.env);"],
  ["a name in brackets", 'const a = process["env"].NAME;'],
  ["by globalThis", "const a = globalThis.process.env.NAME;"],
  ["destructuring", "const { env } = process;"],
  ["a constant on the way", "const p = process;\np.env.NAME;"],
  ["the module", 'import process from "node:process";\nprocess.env.NAME;'],
  ["the module by another name", 'import p from "node:process";\np.env.NAME;'],
  ["a member of the module", 'import { env } from "node:process";\nenv.NAME;'],
  ["a member by another name", 'import { env as variables } from "process";\nvariables.NAME;'],
  ["a default value", "function read(env = process.env) {}"],
])("a reader of environment variables is found: %s", (_, code) => {
  expect(variableReads(parse(code))).not.toEqual([]);
});

test.each([
  ["other members", "process.exitCode = 1;"],
  ["an input of that name", "const container = { env: [] };\ncontainer.env.push(x);"],
  ["a type", "function read(env: typeof process.env): void {}"],
])("it is no reader of environment variables: %s", (_, code) => {
  expect(variableReads(parse(code))).toEqual([]);
});

test.each([
  ["apps/task-api/src/config.ts", true],
  ["apps/task-worker/src/roles/relay/config.ts", true],
  ["apps/runtime/src/config/parse.ts", true],
  ["apps/task-api/src/main.ts", false],
  ["apps/task-api/src/my-config.ts", false],
  ["infra/config.ts", false],
])("%s may read environment variables: %s", (file, may) => {
  expect(mayReadVariables(file)).toBe(may);
});
