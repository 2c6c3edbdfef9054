import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { alertRules, runbookOf } from "./slos.ts";

const folder = join(import.meta.dirname, "..", "..", "..", "docs", "runbooks");

test.each(alertRules.map((rule) => [rule.name, rule] as const))(
  "%s has a runbook with its meaning, the first checks and the actions",
  (name, rule) => {
    const file = join(folder, runbookOf(name));
    expect(existsSync(file), file).toBe(true);
    const text = readFileSync(file, "utf8");
    expect(text).toContain(`# ${name}\n`);
    expect(text).toContain(`Severity: ${rule.severity}.`);
    for (const part of ["## What it means", "## Look first", "## Do"]) expect(text).toContain(part);
  },
);

test("Every runbook belongs to an alert", () => {
  expect(readdirSync(folder).toSorted()).toEqual(alertRules.map(({ name }) => runbookOf(name)).toSorted());
});
