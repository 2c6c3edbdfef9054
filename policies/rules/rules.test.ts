import { describe, expect, test } from "vitest";
import { appliesIn, judge } from "../evaluate.ts";
import { exampleResources, indexStack } from "../stack.ts";
import type { Context, Environment, Example, Rule, Violation } from "../types.ts";
import { rules } from "./index.ts";

/** A day on which the versions of the examples have support. */
const today = "2026-11-25";

/** The strictest environment the rule holds in. */
function environmentOf(rule: Rule): Environment {
  const order: readonly Environment[] = ["prod", "staging", "dr", "dev"];
  return order.find((environment) => appliesIn(rule, environment)) ?? "prod";
}

function verdictOn(rule: Rule, example: Example, environment = environmentOf(rule)): readonly Violation[] {
  const context: Context = { environment, today };
  return judge(rule, indexStack(exampleResources(example)), context);
}

describe.each(rules.map((rule) => ({ rule, id: rule.id })))("$id", ({ rule }) => {
  test("says nothing about its passing example", () => {
    expect(verdictOn(rule, rule.examples.pass)).toEqual([]);
  });

  test("finds its failing example in every environment where it holds", () => {
    const environments = (["dev", "staging", "prod", "dr"] as const).filter((environment) =>
      appliesIn(rule, environment),
    );
    const silent = environments.filter(
      (environment) => verdictOn(rule, rule.examples.fail, environment).length === 0,
    );
    expect(silent).toEqual([]);
  });

  test("judges a missing property as it says", () => {
    const found = verdictOn(rule, rule.examples.missing).length > 0;
    expect(found ? "wrong" : "right").toBe(rule.missingIs);
  });
});

test("every rule is named by subject and requirement, and once", () => {
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
