import ts from "typescript";
import { calleeName, walk } from "../syntax.ts";

/** A test or a policy rule that holds an invariant. */
export type Proof = { readonly file: string; readonly test: string } | { readonly rule: string };

/** One invariant: a list entry of the section "Invariants" in ARCHITECTURE.md. */
export interface Invariant {
  readonly text: string;
  readonly proofs: readonly Proof[];
}

/** Proofs are links to a test file with the name of the test as title, or the word "rule" and an id. */
export function readInvariants(section: string): Invariant[] {
  const entries = section.split(/\n(?=- )/).filter((entry) => entry.startsWith("- "));
  return entries.map((entry) => {
    const text = entry.replace(/\s+/g, " ");
    const tests = [...text.matchAll(/\]\((\S+) "([^"]+)"\)/g)];
    const rules = [...text.matchAll(/\brule `([a-z0-9-]+)`/g)];
    return {
      text,
      proofs: [
        ...tests.map(([, file = "", test = ""]) => ({ file, test })),
        ...rules.map(([, rule = ""]) => ({ rule })),
      ],
    };
  });
}

/** Sentences of an invariant, and parts of one after a semicolon, that name no proof. */
export function unprovenSentences({ text }: Invariant): string[] {
  const plain = text.slice(2).replace(/"[^"]*"/g, '""');
  return plain.split(/(?<=[.;]) (?=[A-Za-z])/).filter((sentence) => !/\]\(\S+ ""\)|\brule `/.test(sentence));
}

/** Names of the tests in a source, as they are written: `%s` is not filled in. */
export function testNames(source: ts.SourceFile): string[] {
  const found: string[] = [];
  walk(source, (node) => {
    if (!ts.isCallExpression(node)) return;
    const [name] = node.arguments;
    const { expression } = node;
    const table = ts.isCallExpression(expression) ? expression.expression : undefined;
    const callee = table && ts.isPropertyAccessExpression(table) ? table.expression : expression;
    if (/^(test|it)$/.test(calleeName(callee)) && name && ts.isStringLiteralLike(name)) found.push(name.text);
  });
  return found;
}
