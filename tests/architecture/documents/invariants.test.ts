import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { rules } from "../../../policies/index.ts";
import { section } from "../layout/folders.ts";
import { parse, root, sourceOf, text } from "../repository.ts";
import { type Invariant, type Proof, readInvariants, testNames, unprovenSentences } from "./invariants.ts";

const invariants = readInvariants(section(text("ARCHITECTURE.md"), "Invariants"));

test("every sentence of the invariants names the test or the policy rule that holds it", () => {
  expect(invariants.length).toBeGreaterThan(10);
  expect(invariants.flatMap(unprovenSentences)).toEqual([]);
});

/** What is wrong with a proof; the rules are judged over all plans by tests/policies. */
function problemOf(proof: Proof): string | undefined {
  if ("rule" in proof)
    return rules.some(({ id }) => id === proof.rule) ? undefined : `no rule "${proof.rule}"`;
  if (!existsSync(join(root, proof.file))) return `no file ${proof.file}`;
  return testNames(sourceOf(proof.file)).includes(proof.test)
    ? undefined
    : `${proof.file} has no test "${proof.test}"`;
}

test("every test and every policy rule that an invariant names exists", () => {
  const proofs = invariants.flatMap((invariant) => invariant.proofs);
  expect(proofs.map(problemOf).filter((problem) => problem !== undefined)).toEqual([]);
});

/** Rows of the table of failures, each with the tests that its last cell links to. */
const failures = text("docs/resilience.md")
  .split("\n")
  .filter((line) => line.startsWith("| ") && !line.startsWith("| what fails"))
  .map((line) => readInvariants(`- ${line.replaceAll("](../", "](")}`)[0] ?? { text: line, proofs: [] });

test("every failure in docs/resilience.md names tests that exist", () => {
  expect(failures.length).toBeGreaterThan(10);
  expect(failures.filter(({ proofs }) => proofs.length === 0)).toEqual([]);
  expect(
    failures.flatMap(({ proofs }) => proofs.map(problemOf).filter((problem) => problem !== undefined)),
  ).toEqual([]);
});

test.each([
  [{ rule: "database-shines" }, 'no rule "database-shines"'],
  [{ file: "tests/none.test.ts", test: "a" }, "no file tests/none.test.ts"],
  [{ file: "tests/architecture/code/size.test.ts", test: "a" }, "has no test"],
])("a proof that does not exist is found: %s", (proof, problem) => {
  expect(problemOf(proof)).toContain(problem);
});

const read = (markdown: string): Invariant[] => readInvariants(markdown);

test("an invariant is read with its proofs, over several lines", () => {
  const entries = read(
    'Before.\n\n- One ([test](a/b.test.ts "it is\n  one")) and (rule `two-three`).\n- Two.\n',
  );
  expect(entries.map(({ proofs }) => proofs)).toEqual([
    [{ file: "a/b.test.ts", test: "it is one" }, { rule: "two-three" }],
    [],
  ]);
});

test.each([
  ["- No proof.", 1],
  ["- Proof (rule `a-b`). No proof.", 1],
  ["- Proof (rule `a-b`); no proof.", 1],
  ["- A link is no proof ([map](docs/map.md)).", 1],
  ['- Proof ([test](a.test.ts "A name. With two sentences")): and why.', 0],
  ["- Proof (rule `a-b`); proof (rule `c-d`).", 0],
])("a sentence without a proof is found: %s", (markdown, count) => {
  expect(read(markdown).flatMap(unprovenSentences)).toHaveLength(count);
});

test("names of tests are read from code, not from text", () => {
  const code = `test("one", () => {}); test.each([1])("two %s", () => {}); it.for(list)("three", () => {});
// test("four", () => {});
const five = 'test("five")';`;
  expect(testNames(parse(code))).toEqual(["one", "two %s", "three"]);
});
