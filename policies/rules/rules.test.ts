import { expect, test } from "vitest";
import { judge } from "../evaluate.ts";
import {
  appliesIn,
  type Context,
  type Environment,
  type Example,
  environments,
  exampleResources,
  indexStack,
  type Rule,
  type Violation,
} from "../kit/index.ts";
import { rules } from "./index.ts";

/** A day on which the versions of the examples have support. */
const today = "2026-11-25";

/** The strictest environment in which a rule holds. */
function strictest(rule: Rule): Environment {
  const order: readonly Environment[] = ["prod", "staging", "dr", "dev"];
  return order.find((environment) => appliesIn(rule, environment)) ?? "prod";
}

function verdictOn(rule: Rule, example: Example, environment = strictest(rule)): readonly Violation[] {
  const context: Context = { environment, today };
  return judge(rule, indexStack(exampleResources(example)), context);
}

test.each(rules)("$id accepts, refuses and judges a missing property as its examples say", (rule) => {
  const { pass, fail, missing } = rule.examples;
  expect(verdictOn(rule, pass)).toEqual([]);
  const silent = environments
    .filter((environment) => appliesIn(rule, environment))
    .filter((environment) => verdictOn(rule, fail, environment).length === 0);
  expect(silent).toEqual([]);
  expect(verdictOn(rule, missing).length > 0 ? "wrong" : "right").toBe(rule.missingIs);
});

test("every rule has one id, made of subject and requirement", () => {
  const ids = rules.map(({ id }) => id);
  expect(ids.filter((id) => !/^[a-z0-9]+(-[a-z0-9]+)+$/.test(id))).toEqual([]);
  expect(ids.filter((id, index) => ids.indexOf(id) < index)).toEqual([]);
});

test("every violation names the resource, what is wrong and what to do", () => {
  const poor = rules.filter((rule) =>
    verdictOn(rule, rule.examples.fail).some(
      ({ message }) => !message.endsWith(`; ${rule.whatToDo}`) || message.length < rule.whatToDo.length + 15,
    ),
  );
  expect(poor.map(({ id }) => id)).toEqual([]);
});

test("a message about a secret does not repeat it", () => {
  const rule = rules.find(({ id }) => id === "database-password-not-in-state");
  expect(rule && verdictOn(rule, rule.examples.fail).map(({ message }) => message)).toEqual([
    expect.stringContaining("password: got a value; allowed: nothing"),
  ]);
});
