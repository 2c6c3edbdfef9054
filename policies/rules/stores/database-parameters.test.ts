import { expect, test } from "vitest";
import { judge } from "../../evaluate.ts";
import { exampleResources, indexStack } from "../../kit/index.ts";
import { databaseParameterRules } from "./database-parameters.ts";

/** What one rule says of a parameter group. */
function verdict(id: string, inputs: Readonly<Record<string, unknown>>): readonly string[] {
  const stack = indexStack(exampleResources([{ type: "aws:rds/parameterGroup:ParameterGroup", inputs }]));
  const context = { environment: "prod", today: "2026-11-26" } as const;
  return databaseParameterRules
    .filter((rule) => rule.id === id)
    .flatMap((rule) => judge(rule, stack, context))
    .map(({ message }) => message);
}

test.each([
  ["postgres17", []],
  ["postgres14", ['example: parameters: got rds.force_ssl nothing; allowed: "1"']],
])("A group of %s without rds.force_ssl is judged by the value that its family has", (family, expected) => {
  const messages = verdict("database-encrypted-in-transit", { family, parameters: [] });
  expect(messages.map((message) => message.split("; force")[0])).toEqual(expected);
});

test("A value that the family has, and a static parameter, cannot be applied at once; any other can", () => {
  const group = (name: string, value: string) => ({
    family: "postgres17",
    parameters: [{ name, value, applyMethod: "immediate" }],
  });
  const settles = (name: string, value: string) => verdict("database-parameters-settle", group(name, value));
  expect(settles("rds.force_ssl", "1")).toHaveLength(1);
  expect(settles("log_autovacuum_min_duration", "10000")).toHaveLength(1);
  expect(settles("max_connections", "400")).toHaveLength(1);
  expect(settles("log_autovacuum_min_duration", "20000")).toEqual([]);
  expect(settles("statement_timeout", "30000")).toEqual([]);
});
