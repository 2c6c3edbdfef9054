/** What `npm run preview` and `npm run up` may pass on; anything else is Pulumi's own command line. */
export const actions = ["preview", "up"] as const;
export type Action = (typeof actions)[number];

export interface Invocation {
  readonly action: Action;
  readonly environment: string;
  /** Flags that go to Pulumi as they are, such as `--diff` or `--yes`. */
  readonly flags: readonly string[];
}

/**
 * Reads the arguments of the script.
 *
 * @throws Error naming every problem and what is allowed.
 */
export function readInvocation(args: readonly string[], environments: readonly string[]): Invocation {
  const [action, environment, ...flags] = args;
  const problems: string[] = [];
  const known = actions.find((candidate) => candidate === action);
  if (known === undefined) {
    problems.push(`action: got ${show(action)}; allowed: ${actions.join(", ")}`);
  }
  if (environment === undefined || !environments.includes(environment)) {
    problems.push(
      `environment: got ${show(environment)}; allowed: ${environments.join(", ")}; write for example: npm run ${known ?? "preview"} -- dev`,
    );
  }
  const loose = flags.filter((flag) => !flag.startsWith("-"));
  if (loose.length > 0) {
    problems.push(
      `${loose.join(", ")}: more than one environment, or a flag without dashes; write flag values as --flag=value`,
    );
  }
  const stack = flags.filter((flag) => /^(--stack|-s)(=|$)/.test(flag));
  if (stack.length > 0) problems.push(`${stack.join(", ")}: the stack is the environment; leave it out`);
  if (problems.length > 0 || known === undefined || environment === undefined) {
    throw new Error(`nothing was done:\n  - ${problems.join("\n  - ")}`);
  }
  return { action: known, environment, flags };
}

/** Command line of the Pulumi CLI. The policy pack judges the real graph too, and mandatory rules stop it. */
export function pulumiArguments(invocation: Invocation): readonly string[] {
  return [
    invocation.action,
    "--stack",
    invocation.environment,
    "--policy-pack",
    "policies",
    ...invocation.flags,
  ];
}

function show(value: string | undefined): string {
  return value === undefined ? "nothing" : `"${value}"`;
}
