import type { BootstrapOptions } from "./steps.ts";

export interface Invocation extends BootstrapOptions {
  /** Whether anything is made; without it the commands are only shown. */
  readonly apply: boolean;
}

/**
 * Reads `--account=111111111111 [--apply]`.
 *
 * @throws Error with every problem.
 */
export function readOptions(args: readonly string[], place: Omit<BootstrapOptions, "accountId">): Invocation {
  const problems: string[] = [];
  let accountId = "";
  let apply = false;
  for (const arg of args) {
    if (arg === "--apply") apply = true;
    else if (arg.startsWith("--account=")) accountId = arg.slice("--account=".length);
    else problems.push(`"${arg}": allowed are --account=<12 digits> and --apply`);
  }
  if (!/^\d{12}$/.test(accountId)) {
    problems.push(
      `--account: got ${accountId === "" ? "nothing" : `"${accountId}"`}; allowed: the 12 digits of the AWS account that holds the state`,
    );
  }
  if (problems.length > 0) throw new Error(`nothing was made:\n  - ${problems.join("\n  - ")}`);
  return { ...place, accountId, apply };
}
