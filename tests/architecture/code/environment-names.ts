import ts from "typescript";
import { specs } from "../../../stacks/index.ts";
import { calleeName, lineOf, memberOf, walk } from "../syntax.ts";

const names: ReadonlySet<string> = new Set(Object.keys(specs));
const word = new RegExp(`(^|[^A-Za-z])(${[...names].join("|")})([^A-Za-z]|$)`);
const textTests = new Set(["startsWith", "endsWith", "includes", "indexOf", "match", "test", "search"]);

/**
 * Places where a source names an environment. Only `stacks/` may: an environment is data, and code that knows one by
 * its name decides for it. Found are comparisons and cases in any order, lists, keys, members, types, and parts of a
 * name in a text test.
 */
export function environmentNames(source: ts.SourceFile): string[] {
  const found: string[] = [];
  walk(source, (node) => {
    if (namesOne(node)) found.push(`line ${lineOf(node)}: ${node.getText().slice(0, 60)}`);
  });
  return found;
}

function namesOne(node: ts.Node): boolean {
  if (ts.isStringLiteralLike(node)) {
    return names.has(node.text) || (isTextTest(node.parent) && word.test(node.text));
  }
  if (ts.isRegularExpressionLiteral(node)) return word.test(node.text.replace(/\\b/g, " "));
  if (ts.isPropertyAccessExpression(node)) return names.has(node.name.text);
  const isKey =
    ts.isPropertyAssignment(node) ||
    ts.isShorthandPropertyAssignment(node) ||
    ts.isPropertySignature(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isBindingElement(node);
  const key = ts.isBindingElement(node) ? (node.propertyName ?? node.name) : isKey ? node.name : undefined;
  return key !== undefined && ts.isIdentifier(key) && names.has(key.text);
}

function isTextTest(node: ts.Node): boolean {
  return (
    ts.isCallExpression(node) &&
    memberOf(node.expression) !== undefined &&
    textTests.has(calleeName(node.expression))
  );
}
