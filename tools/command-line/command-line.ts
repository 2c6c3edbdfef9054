import { parseArgs } from "node:util";

/** One option of a command. */
export interface OptionSpec {
  readonly short?: string;
  /** The allowed values, in words. An option without this text is a switch and has no value. */
  readonly value?: string;
}

/** A command line as it was read. */
export interface CommandLine {
  readonly positionals: readonly string[];
  /** Option name → value. An option that was given without a value is not in it; see `problems`. */
  readonly values: Readonly<Record<string, string | undefined>>;
  readonly switches: ReadonlySet<string>;
  /** Everything wrong with the options: what was given and what is allowed. */
  readonly problems: readonly string[];
}

/** Reads a command line. It collects all problems instead of throwing at the first one, as `parseArgs` does by itself. */
export function readCommandLine(
  args: readonly string[],
  specs: Readonly<Record<string, OptionSpec>>,
): CommandLine {
  const options = Object.fromEntries(
    Object.entries(specs).map(([name, { short, value }]) => [
      name,
      { type: value === undefined ? "boolean" : "string", ...(short !== undefined && { short }) } as const,
    ]),
  );
  const { positionals, tokens } = parseArgs({
    args: [...args],
    options,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const allowed = Object.keys(specs).map((name) => `--${name}`);
  const values: Record<string, string> = {};
  const switches = new Set<string>();
  const problems: string[] = [];
  for (const token of tokens) {
    if (token.kind !== "option") continue;
    const spec = Object.hasOwn(specs, token.name) ? specs[token.name] : undefined;
    const { name, rawName, value = "" } = token;
    if (spec === undefined)
      problems.push(`option ${rawName}: unknown; allowed: ${allowed.join(", ") || "none"}`);
    else if (spec.value === undefined && token.value === undefined) switches.add(name);
    else if (spec.value === undefined) problems.push(`--${name}: got "${value}"; allowed: no value`);
    // `parseArgs` reads the next option as the value of an option whose value was forgotten.
    else if (value === "" || (!token.inlineValue && value.startsWith("-"))) {
      problems.push(`--${name}: got no value; allowed: ${spec.value}`);
    } else values[name] = value;
  }
  return { positionals, values, switches, problems };
}

/** A command was called wrongly. */
class UsageError extends Error {
  override readonly name = "UsageError";
}

/** The error of a command that was called wrongly: all problems, then how to call it. */
export function usageError(command: string, problems: readonly string[], usage: string): Error {
  return new UsageError(
    `${command}:\n${problems.map((problem) => `  - ${problem}\n`).join("")}usage: ${usage}`,
  );
}

/**
 * Runs the program of an npm script: `main` gets the command line, and its result is the exit code. With `--help` or `-h` it
 * prints `usage` instead. A wrong call ends with 2, any other error with 1, and the message has no stack, because people read
 * it. When nobody reads the output any more, as behind `| head`, the program ends in order.
 */
export async function runProgram(
  main: (args: readonly string[]) => Promise<number | undefined> | number | undefined,
  usage: string,
): Promise<void> {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit(0);
  });
  const args = process.argv.slice(2);
  if (args.includes("--help") || args.includes("-h")) {
    process.stdout.write(`usage: ${usage}\n`);
    return;
  }
  try {
    process.exitCode = (await main(args)) ?? 0;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = error instanceof UsageError ? 2 : 1;
  }
}
