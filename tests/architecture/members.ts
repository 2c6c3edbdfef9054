import ts from "typescript";
import { bare, lineOf, memberOf, walk } from "./syntax.ts";

/** A member of a module that a source uses, such as "@pulumi/pulumi:runtime.allConfig" in line 71. */
export interface Use {
  readonly path: string;
  readonly line: number;
}

/**
 * Every member of an imported module, and of the global `process`, that the code uses as a value. Follows imports by
 * any name, `x["name"]`, destructuring and constants that hold a member. Types do not count.
 */
export function memberUses(source: ts.SourceFile): Use[] {
  const names = namesOf(source);
  const uses: Use[] = [];
  const add = (path: string | undefined, node: ts.Node): void => {
    if (path !== undefined) uses.push({ path: ofProcess(path), line: lineOf(node) });
  };
  const visit = (node: ts.Node): "stop" | undefined => {
    if (ts.isImportDeclaration(node)) return "stop";
    if (ts.isExpressionWithTypeArguments(node)) {
      walk(node.expression, visit);
      return "stop";
    }
    if (ts.isTypeNode(node)) return "stop";
    if (ts.isExportDeclaration(node)) {
      for (const path of reExports(node)) add(path, node);
      return "stop";
    }
    if (ts.isVariableDeclaration(node) && ts.isObjectBindingPattern(node.name) && node.initializer) {
      const from = resolve(node.initializer, names);
      if (from !== undefined) for (const { name } of bindings(node.name)) add(join(from, name), node);
    }
    if (ts.isIdentifier(node) || ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) {
      add(resolve(node, names), node);
    }
    if (ts.isPropertyAccessExpression(node)) {
      walk(node.expression, visit); // its name is no variable
      return "stop";
    }
    return undefined;
  };
  walk(source, visit);
  return uses;
}

/** Local names of modules and of their members. */
function namesOf(source: ts.SourceFile): ReadonlyMap<string, string> {
  const names = new Map([
    ["process", "node:process:"],
    ["globalThis", "globalThis:"],
    ["global", "globalThis:"],
  ]);
  walk(source, (node) => {
    if (ts.isImportDeclaration(node)) addImport(node, names);
    if (ts.isVariableDeclaration(node) && node.initializer) {
      const from = resolve(node.initializer, names);
      if (from === undefined) return;
      if (ts.isIdentifier(node.name)) names.set(node.name.text, from);
      if (ts.isObjectBindingPattern(node.name)) {
        for (const { local, name } of bindings(node.name)) names.set(local, join(from, name));
      }
    }
  });
  return names;
}

function addImport(
  { importClause, moduleSpecifier }: ts.ImportDeclaration,
  names: Map<string, string>,
): void {
  if (!importClause || importClause.phaseModifier === ts.SyntaxKind.TypeKeyword) return;
  if (!ts.isStringLiteral(moduleSpecifier)) return;
  const module = moduleName(moduleSpecifier.text);
  if (importClause.name) names.set(importClause.name.text, module);
  const named = importClause.namedBindings;
  if (named && ts.isNamespaceImport(named)) names.set(named.name.text, module);
  if (named && ts.isNamedImports(named)) {
    for (const { name, propertyName, isTypeOnly } of named.elements) {
      if (!isTypeOnly) names.set(name.text, join(module, propertyName?.text ?? name.text));
    }
  }
}

/** "@pulumi/pulumi/runtime" is the member `runtime` of "@pulumi/pulumi". */
function moduleName(specifier: string): string {
  if (specifier === "process") return "node:process:";
  const [, scoped, inside] = /^(@pulumi\/[^/]+)\/(.+)$/.exec(specifier) ?? [];
  return scoped === undefined ? `${specifier}:` : `${scoped}:${inside?.replace(/(\/index)?(\.js)?$/, "")}`;
}

function reExports({ exportClause, isTypeOnly, moduleSpecifier }: ts.ExportDeclaration): string[] {
  if (isTypeOnly || !moduleSpecifier || !ts.isStringLiteral(moduleSpecifier)) return [];
  const module = moduleName(moduleSpecifier.text);
  if (!exportClause || !ts.isNamedExports(exportClause)) return [join(module, "*")];
  return exportClause.elements
    .filter((element) => !element.isTypeOnly)
    .map(({ name, propertyName }) => join(module, (propertyName ?? name).text));
}

function resolve(node: ts.Expression, names: ReadonlyMap<string, string>): string | undefined {
  const inner = bare(node);
  if (ts.isIdentifier(inner)) return names.get(inner.text);
  const member = memberOf(inner);
  if (member) {
    const of = resolve(member.of, names);
    return of === undefined ? undefined : join(of, member.name);
  }
  const isLoad =
    ts.isCallExpression(inner) &&
    (inner.expression.kind === ts.SyntaxKind.ImportKeyword || inner.expression.getText() === "require");
  const [specifier] = isLoad ? inner.arguments : [];
  return specifier && ts.isStringLiteralLike(specifier) ? moduleName(specifier.text) : undefined;
}

function bindings(pattern: ts.ObjectBindingPattern): { readonly local: string; readonly name: string }[] {
  return pattern.elements.flatMap(({ name, propertyName, dotDotDotToken }) => {
    if (!ts.isIdentifier(name)) return [];
    const member = propertyName && "text" in propertyName ? propertyName.text : name.text;
    return [{ local: name.text, name: dotDotDotToken ? "*" : member }];
  });
}

function join(path: string, name: string): string {
  return path.endsWith(":") ? `${path}${name}` : `${path}.${name}`;
}

function ofProcess(path: string): string {
  return path
    .replace(/^globalThis:process\.?/, "node:process:")
    .replace(/^node:process:default\.?/, "node:process:");
}
