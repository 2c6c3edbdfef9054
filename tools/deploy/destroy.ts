import { parseArgs } from "node:util";
import { usageError } from "../command-line/index.ts";

export interface Destroy {
  readonly environment: string;
  /** The name that was given by `--yes-delete`; empty when a person must be asked. */
  readonly confirmed: string;
  /** Flags for Pulumi, exactly as they were given. */
  readonly flags: readonly string[];
}

export const destroyUsage = "npm run destroy -- <environment> [--yes-delete=<environment>] [flags of Pulumi]";

/** Flags that would decide in place of this command, with the reason why it refuses them. */
const refused: Readonly<Record<string, string>> = {
  stack: "the environment already names the stack",
  s: "the environment already names the stack",
  "skip-preview": "Pulumi would step past what is protected and delete the rest",
  f: "Pulumi would step past what is protected and delete the rest",
  yes: "confirm with --yes-delete=<environment>",
  y: "confirm with --yes-delete=<environment>",
  "ignore-protect": "the page of the environment decides what stays",
  "exclude-protected": "the page of the environment decides what stays",
  exclude: "the page of the environment decides what stays",
  target: "a part of an environment is removed from the program, then: npm run up",
  t: "a part of an environment is removed from the program, then: npm run up",
};

/** Flags that change what is shown and how fast, and nothing else (pulumi destroy --help, 3.274). */
const harmless = [
  ...["color", "debug", "d", "diff", "emoji", "e", "logflow", "logtostderr", "message", "m", "parallel", "p"],
  ...[
    "refresh",
    "r",
    "show-config",
    "show-full-output",
    "show-sames",
    "suppress-outputs",
    "suppress-permalink",
  ],
  ...["suppress-progress", "urns", "verbose", "v"],
];

/** @throws Error naming every problem and what is allowed. */
export function readDestroy(args: readonly string[], environments: readonly string[]): Destroy {
  // Not strict: Pulumi knows its flags, this command does not.
  const { positionals, tokens } = parseArgs({
    args: [...args],
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const [environment = "", ...more] = positionals;
  const options = tokens.filter((token) => token.kind === "option");
  const own = options.find(({ name }) => name === "yes-delete");
  const problems = [
    ...(environments.includes(environment)
      ? []
      : [`environment: got ${show(environment)}; allowed: ${environments.join(", ")}`]),
    ...(more.length === 0
      ? []
      : [`argument: got ${more.map(show).join(", ")}; allowed: one environment, and flags as --flag=value`]),
    ...options.flatMap(({ name, rawName }) =>
      name === "yes-delete" || harmless.includes(name)
        ? []
        : [
            `${rawName}: not allowed; ${(Object.hasOwn(refused, name) ? refused[name] : undefined) ?? `allowed: ${harmless.map(dashed).join(", ")}`}`,
          ],
    ),
    ...(own === undefined || own.value === environment
      ? []
      : [`--yes-delete: got ${show(own.value)}; allowed: the name of the environment`]),
  ];
  if (problems.length > 0) throw usageError("npm run destroy, nothing was done", problems, destroyUsage);
  const given = options.filter(({ name }) => name !== "yes-delete").map(({ index }) => index);
  return {
    environment,
    confirmed: own?.value ?? "",
    flags: [...new Set(given)].map((index) => args[index] ?? ""),
  };
}

/** Command line of the CLI. It always shows a preview first, and stops there when something is protected. */
export function destroyArguments({ environment, flags }: Destroy, keepsData: boolean): readonly string[] {
  return [
    "destroy",
    "--stack",
    environment,
    "--yes",
    ...(keepsData ? ["--exclude-protected"] : []),
    ...flags,
  ];
}

function dashed(flag: string): string {
  return `${flag.length === 1 ? "-" : "--"}${flag}`;
}

function show(value: string | undefined): string {
  return value === undefined || value === "" ? "nothing" : `"${value}"`;
}
