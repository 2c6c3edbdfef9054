import * as pulumi from "@pulumi/pulumi";
import type { Problem } from "./problems.ts";

/** One line per problem: argument, value, what is allowed, what to change. */
export function formatProblems(subject: string, problems: readonly Problem[]): string {
  const lines = problems.map((p) => `  - ${p.argument}: got ${p.given}; allowed: ${p.allowed}; ${p.fix}`);
  const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
  return [`${subject}: ${count}, nothing was created.`, ...lines].join("\n");
}

/**
 * Throws one error with all problems, or returns if there are none.
 *
 * @throws pulumi.ResourceError when there is a component, so that the engine shows the text without a stack;
 *   pulumi.RunError before one exists.
 */
export function refuse(subject: string, problems: readonly Problem[], resource?: pulumi.Resource): void {
  if (problems.length === 0) return;
  const text = formatProblems(subject, problems);
  if (resource) throw new pulumi.ResourceError(text, resource, true);
  throw new pulumi.RunError(text);
}

/** Marks a branch that the types exclude. */
export function unreachable(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`);
}
