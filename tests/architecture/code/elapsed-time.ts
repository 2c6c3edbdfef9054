import ts from "typescript";
import { bare, calleeName, lineOf, memberOf, walk } from "../syntax.ts";

/** Clocks: what they say depends on how busy the machine is. */
const clocks: ReadonlySet<string> = new Set([
  "Date.now",
  "performance.now",
  "process.hrtime",
  "process.hrtime.bigint",
  "process.uptime",
  "process.cpuUsage",
]);

/** Matchers that compare sizes. Equality with a clock is no measure of speed. */
const comparing = /^to(BeLessThan|BeGreaterThan)(OrEqual)?$|^toBeCloseTo$/;

/**
 * Places where a test asserts how long something took, or waits for a fixed time instead of for what must happen. Both fail
 * on a slow machine, or prove nothing on a fast one. Order, causes, counters and fake timers do neither.
 */
export function elapsedTimes(source: ts.SourceFile): string[] {
  const measured = measuredNames(source);
  const found: string[] = [];
  const report = (node: ts.Node, what: string): void => {
    found.push(`line ${lineOf(node)}: ${what}`);
  };
  walk(source, (node) => {
    if (ts.isCallExpression(node) && isComparedExpectation(node)) {
      const [subject, bound] = [expectedOf(node), node.arguments[0]];
      if ([subject, bound].some((one) => one !== undefined && isElapsed(one, measured))) {
        report(node, "asserts how long something took");
      }
    }
    if (ts.isAwaitExpression(node) && fixedPauseMs(node.expression) !== undefined) {
      report(node, "waits for a fixed time");
    }
  });
  return found;
}

/** `expect(…).toBeLessThan(…)`, with `.not` between them too. */
function isComparedExpectation(node: ts.CallExpression): boolean {
  return comparing.test(memberOf(node.expression)?.name ?? "") && expectedOf(node) !== undefined;
}

/** The argument of the `expect` that a matcher belongs to. */
function expectedOf(node: ts.CallExpression): ts.Expression | undefined {
  for (let at = memberOf(node.expression)?.of; at !== undefined; at = memberOf(bare(at))?.of) {
    const inner = bare(at);
    if (!ts.isCallExpression(inner)) continue;
    if (/^expect(\.\w+)?$/.test(inner.expression.getText())) return inner.arguments[0];
    at = inner.expression;
  }
  return undefined;
}

function isClock(node: ts.Node): boolean {
  if (!ts.isCallExpression(node)) return ts.isNewExpression(node) && node.getText() === "new Date()";
  return clocks.has(node.expression.getText());
}

/** Names that hold the difference of two readings, or a sum of them. */
function measuredNames(source: ts.SourceFile): ReadonlySet<string> {
  const names = new Set<string>();
  const learn = (name: ts.Node, value: ts.Expression): void => {
    if (ts.isIdentifier(name) && isElapsed(value, names)) names.add(name.text);
  };
  walk(source, (node) => {
    if (ts.isVariableDeclaration(node) && node.initializer) learn(node.name, node.initializer);
    if (ts.isBinaryExpression(node) && isAssignment(node.operatorToken.kind)) learn(node.left, node.right);
  });
  return names;
}

function isAssignment(kind: ts.SyntaxKind): boolean {
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}

/** Whether an expression subtracts something from a reading of a clock, or uses a name that holds such a difference. */
function isElapsed(expression: ts.Expression, measured: ReadonlySet<string>): boolean {
  let found = false;
  walk(expression, (node) => {
    if (ts.isIdentifier(node) && measured.has(node.text)) found = true;
    if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.MinusToken) return;
    if (hasClock(node.left)) found = true;
  });
  return found;
}

function hasClock(node: ts.Node): boolean {
  let found = false;
  walk(node, (inner) => {
    found ||= isClock(inner);
  });
  return found;
}

/** The milliseconds of an awaited pause that is written as a number. */
function fixedPauseMs(awaited: ts.Expression): string | undefined {
  const inner = bare(awaited);
  if (ts.isCallExpression(inner) && /^(setTimeout|delay|pause|sleep)$/.test(calleeName(inner.expression))) {
    return numberIn(inner.arguments[0]);
  }
  if (!ts.isNewExpression(inner) || inner.expression.getText() !== "Promise") return undefined;
  let found: string | undefined;
  walk(inner, (node) => {
    if (ts.isCallExpression(node) && calleeName(node.expression) === "setTimeout") {
      found ??= numberIn(node.arguments[1]);
    }
  });
  return found;
}

function numberIn(node: ts.Expression | undefined): string | undefined {
  return node !== undefined && ts.isNumericLiteral(node) ? node.text : undefined;
}
