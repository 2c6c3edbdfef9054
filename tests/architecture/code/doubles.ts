import ts from "typescript";
import { importsOf, lineOf, memberOf, walk } from "../syntax.ts";

const replacing: ReadonlySet<string> = new Set(["mock", "doMock", "importMock", "unstable_mockModule"]);
const doubles = /(^|[/-])(mocks?|fakes?|stubs?|pg-mem|nock|sinon|testdouble|proxyquire)([/-]|$)/;

/** Modules that a test replaces, and packages that stand in for a back end. */
export function testDoubles(source: ts.SourceFile): string[] {
  const found = importsOf(source)
    .filter(({ specifier }) => !specifier.startsWith(".") && doubles.test(specifier))
    .map(({ specifier }) => specifier);
  walk(source, (node) => {
    const member = ts.isCallExpression(node) ? memberOf(node.expression) : undefined;
    if (!member || !replacing.has(member.name) || !/^(vi|vitest|jest|mock)$/.test(member.of.getText()))
      return;
    found.push(`line ${lineOf(node)}: ${member.of.getText()}.${member.name}`);
  });
  return found;
}
