import * as pulumi from "@pulumi/pulumi";

/** One thing that is wrong with the arguments of a block or with an environment. */
export interface Problem {
  /** Path of the argument, e.g. "zones[1].slot". */
  readonly argument: string;
  /** What was given, as it is shown to the reader. */
  readonly given: string;
  /** What would have been right. */
  readonly allowed: string;
  /** What to do about it. */
  readonly fix: string;
}

/** One line a problem: argument, value, what is allowed, what to do. */
export function formatProblems(subject: string, problems: readonly Problem[]): string {
  const lines = problems.map((p) => `  - ${p.argument}: got ${p.given}; allowed: ${p.allowed}; ${p.fix}`);
  const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
  return [`${subject}: ${count}, nothing was created.`, ...lines].join("\n");
}

/**
 * Throws one error with all problems, or returns when there are none.
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

/** Marks a branch that the types say cannot be reached. */
export function unreachable(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`);
}
