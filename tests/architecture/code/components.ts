import ts from "typescript";
import { calleeName, walk } from "../syntax.ts";

/**
 * Component classes that do not call `registerOutputs` in their constructor, so that Pulumi never learns that the
 * component is complete. A class counts by what it extends: `ComponentResource`, or another component of the file.
 */
export function unregisteredComponents(source: ts.SourceFile): string[] {
  return componentsOf(source)
    .filter((component) => !component.members.some(registers))
    .map(({ name }) => `${name?.text ?? "a class without a name"} does not call this.registerOutputs`);
}

/** Component classes of a source. */
export function componentsOf(source: ts.SourceFile): ts.ClassLikeDeclaration[] {
  const found: ts.ClassLikeDeclaration[] = [];
  walk(source, (node) => {
    if (!ts.isClassLike(node)) return;
    const base = node.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword)?.types[0];
    const name = base ? calleeName(base.expression) : "";
    if (name.endsWith("ComponentResource") || found.some((known) => known.name?.text === name))
      found.push(node);
  });
  return found;
}

function registers(member: ts.ClassElement): boolean {
  if (!ts.isConstructorDeclaration(member)) return false;
  let called = false;
  walk(member, (node) => {
    if (ts.isCallExpression(node) && node.expression.getText() === "this.registerOutputs") called = true;
  });
  return called;
}
