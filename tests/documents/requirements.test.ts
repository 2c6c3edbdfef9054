import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { alertRules } from "../../components/watch/metrics/slos.ts";
import { root } from "../program/plan-of.ts";

/** Cells of the rows of every table of a document that has a column of this name. */
function rowsOf(document: string, column: string): readonly (readonly string[])[] {
  const lines = readFileSync(join(root, "docs", document), "utf8").split("\n");
  const cells = (line: string): string[] =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim());
  const rows: string[][] = [];
  let inTable = false;
  for (const line of lines) {
    if (!line.startsWith("|")) inTable = false;
    else if (cells(line).includes(column)) inTable = true;
    else if (inTable && !line.startsWith("|---")) rows.push(cells(line));
  }
  return rows;
}

const requirements = rowsOf("requirements.md", "shown by");

test("every requirement names tests that exist, or says that it is not met yet", () => {
  const wrong = requirements.filter(([, , shownBy = ""]) => {
    if (shownBy === "not yet") return false;
    const files = [...shownBy.matchAll(/`([^`]+\.test\.ts)`/g)].map(([, file = ""]) => file);
    return files.length === 0 || !files.every((file) => existsSync(join(root, file)));
  });
  expect(wrong).toEqual([]);
  expect(requirements.length).toBeGreaterThan(50);
});

test("no requirement stands twice", () => {
  const subjects = requirements.map(([subject]) => subject);
  expect(new Set(subjects).size).toBe(subjects.length);
});

test("the table of alerts is the rules, with severity and duration", () => {
  const rows = rowsOf("slos.md", "holds for").map(([name, severity, duration]) => [name, severity, duration]);
  expect(rows).toEqual(
    alertRules.map(({ name, severity, for: duration }) => [`\`${name}\``, severity, duration]),
  );
});
