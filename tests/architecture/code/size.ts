import ts from "typescript";
import { lineOf, walk } from "../syntax.ts";

const fileLimit = 300;
const functionLimit = 60;

/** How many lines a file has too many. */
export function longFile(source: ts.SourceFile): string[] {
  const lines = source.text.replace(/\n$/, "").split("\n").length;
  return lines > fileLimit ? [`${lines} lines; allowed: ${fileLimit}`] : [];
}

/** Functions, methods and constructors that are too long. */
export function longFunctions(source: ts.SourceFile): string[] {
  const found: string[] = [];
  walk(source, (node) => {
    if (!ts.isFunctionLike(node) || !("body" in node) || !node.body) return;
    const lines = source.getLineAndCharacterOfPosition(node.end).line + 2 - lineOf(node);
    const name = node.name?.getText() ?? (ts.isConstructorDeclaration(node) ? "constructor" : "a function");
    if (lines > functionLimit) found.push(`${name}: ${lines} lines; allowed: ${functionLimit}`);
  });
  return found;
}
