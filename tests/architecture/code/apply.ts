import ts from "typescript";
import { bare, calleeName, lineOf, memberOf, walk } from "../syntax.ts";

/** Functions that create resources, by the names under which other files import them. */
export type Creators = ReadonlySet<string>;

/**
 * Resources that a source creates or reads inside `apply`. A preview does not run the function, so it cannot show
 * them. Counts as creation: `new` of any class that is not built in, no error and of Pulumi or our own, a call of `create…`,
 * `SomeClass.get(…)`, and every function that does one of these, in this file or imported.
 */
export function resourcesInApply(source: ts.SourceFile, creators: Creators = new Set()): string[] {
  const scope = scopeOf(source, creators);
  const found: string[] = [];
  walk(source, (node) => {
    if (!ts.isCallExpression(node) || memberOf(bare(node.expression))?.name !== "apply") return;
    for (const argument of node.arguments) found.push(...creationsIn(argument, scope));
  });
  return [...new Set(found)];
}

/** Names of the functions of all sources that create resources, directly or by one another. */
export function creatorsOf(sources: readonly ts.SourceFile[]): Creators {
  const creators = new Set<string>();
  for (;;) {
    const known = creators.size;
    for (const source of sources) {
      const scope = scopeOf(source, creators);
      for (const [name, body] of scope.functions) {
        if (!ts.isMethodDeclaration(body.parent) && creationsIn(body, scope).length > 0) creators.add(name);
      }
    }
    if (creators.size === known) return creators;
  }
}

interface Scope {
  /** Bodies of functions, of methods and of constants that hold a function. */
  readonly functions: ReadonlyMap<string, ts.Node>;
  readonly importedCreators: Creators;
  /** Names from Node and from packages other than those of Pulumi, such as `createHash`. They create no resource. */
  readonly fromOthers: ReadonlySet<string>;
}

function creationsIn(node: ts.Node, scope: Scope, seen: Set<string> = new Set()): string[] {
  const found: string[] = [];
  walk(node, (inner) => {
    if (ts.isTypeNode(inner)) return "stop";
    const creates =
      (ts.isNewExpression(inner) && !isHarmless(inner.expression, scope)) ||
      (ts.isCallExpression(inner) && createsOrReads(inner.expression, scope));
    const name = referenceName(inner);
    if (creates || scope.importedCreators.has(name)) found.push(`line ${lineOf(inner)}: ${start(inner)}`);
    const body = scope.functions.get(name);
    if (body && !seen.has(name)) found.push(...creationsIn(body, scope, seen.add(name)));
    return creates ? "stop" : undefined;
  });
  return found;
}

function start(node: ts.Node): string {
  return node.getText().split("(")[0] ?? "";
}

function isHarmless(creator: ts.Expression, { fromOthers }: Scope): boolean {
  const name = calleeName(creator);
  return name.endsWith("Error") || (ts.isIdentifier(creator) && (name in globalThis || fromOthers.has(name)));
}

function createsOrReads(callee: ts.Expression, { fromOthers }: Scope): boolean {
  const member = memberOf(bare(callee));
  const isRead = member?.name === "get" && /^[A-Z]/.test(calleeName(member.of));
  return isRead || (/^create[A-Z]/.test(calleeName(callee)) && !fromOthers.has(calleeName(callee)));
}

/** The name of a variable, or of a method of `this`, that an expression uses. */
function referenceName(node: ts.Node): string {
  const isMemberName = ts.isPropertyAccessExpression(node.parent) && node.parent.name === node;
  if (ts.isIdentifier(node)) return isMemberName ? "" : node.text;
  return ts.isPropertyAccessExpression(node) && node.expression.kind === ts.SyntaxKind.ThisKeyword
    ? node.name.text
    : "";
}

function scopeOf(source: ts.SourceFile, creators: Creators): Scope {
  const functions = new Map<string, ts.Node>();
  const importedCreators = new Set<string>();
  const fromOthers = new Set<string>();
  walk(source, (node) => {
    if (ts.isImportSpecifier(node)) {
      const module = node.parent.parent.parent.moduleSpecifier.getText();
      if (!/^"(?:\.|@pulumi\/)/.test(module)) fromOthers.add(node.name.text);
      if (module.startsWith('".') && creators.has((node.propertyName ?? node.name).text)) {
        importedCreators.add(node.name.text);
      }
    }
    if ((ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node)) && node.body && node.name) {
      functions.set(node.name.getText(), node.body);
    }
    if (ts.isVariableDeclaration(node) && node.initializer) {
      const value = bare(node.initializer);
      if (ts.isArrowFunction(value) || ts.isFunctionExpression(value))
        functions.set(node.name.getText(), value.body);
    }
  });
  return { functions, importedCreators, fromOthers };
}
