import { parseArgs } from "node:util";
import { usageError } from "../command-line/index.ts";

/** The actions of `npm run preview` and `npm run up`. `npm run destroy` has a file of its own. */
const actions = ["preview", "up"] as const;
type Action = (typeof actions)[number];

export interface Invocation {
  readonly action: Action;
  readonly environment: string;
  /** Flags for Pulumi, exactly as they were given, such as `--diff` or `--yes`. */
  readonly flags: readonly string[];
}

export const usage = "npm run preview|up -- <environment> [flags of Pulumi]";

/** @throws Error naming every problem and what is allowed. */
export function readInvocation(args: readonly string[], environments: readonly string[]): Invocation {
  // Not strict: Pulumi knows its flags, this command does not.
  const { positionals, tokens } = parseArgs({
    args: [...args],
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const [given, environment = "", ...more] = positionals;
  const action = actions.find((candidate) => candidate === given);
  const options = tokens.filter((token) => token.kind === "option");
  // One argument may hold several short flags, so it can occur in several tokens.
  const flags = [...new Set(options.map(({ index }) => index))].map((index) => args[index] ?? "");
  const stackFlags = options.filter(({ name, index }) => name === "stack" || args[index]?.startsWith("-s"));
  const problems = [
    ...(action ? [] : [`action: got ${show(given)}; allowed: ${actions.join(", ")}`]),
    ...(environments.includes(environment)
      ? []
      : [`environment: got ${show(environment)}; allowed: ${environments.join(", ")}`]),
    ...(more.length === 0
      ? []
      : [`argument: got ${more.map(show).join(", ")}; allowed: one environment, and flags as --flag=value`]),
    ...(stackFlags.length === 0
      ? []
      : ["--stack: got a stack; the environment already names the stack, so leave the flag out"]),
  ];
  if (problems.length > 0 || action === undefined)
    throw usageError("npm run preview|up, nothing was done", problems, usage);
  return { action, environment, flags };
}

/** Command line of the Pulumi CLI. Pulumi checks the real resources with the policy pack; a mandatory rule stops it. */
export function pulumiArguments({ action, environment, flags }: Invocation): readonly string[] {
  return [action, "--stack", environment, "--policy-pack", "policies", ...flags];
}

function show(value: string | undefined): string {
  return value === undefined || value === "" ? "nothing" : `"${value}"`;
}
