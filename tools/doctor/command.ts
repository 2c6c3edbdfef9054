import { readCommandLine, usageError } from "../command-line/index.ts";

export const usage = "npm run doctor -- [environment]";

/**
 * The environment of a command line; without one only the machine is examined.
 *
 * @throws Error naming every problem and what is allowed.
 */
export function readEnvironment(
  args: readonly string[],
  environments: readonly string[],
): string | undefined {
  const { positionals, problems } = readCommandLine(args, {});
  const [environment, ...more] = positionals;
  const all = [
    ...problems,
    ...(environment === undefined || environments.includes(environment)
      ? []
      : [
          `environment: got "${environment}"; allowed: ${environments.join(", ")}, or none for the machine alone`,
        ]),
    ...more.map((given) => `argument: got "${given}"; allowed: one environment`),
  ];
  if (all.length > 0) throw usageError("npm run doctor", all, usage);
  return environment;
}
