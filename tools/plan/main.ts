import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { readCommandLine, usageError } from "../command-line/index.ts";
import { deployProblems, planEnvironment, repositoryRoot, unknownEnvironment } from "./environment/index.ts";
import type { PlanMode } from "./model/index.ts";
import { digestText, inventory, summary } from "./reports/index.ts";

const options = {
  mode: { value: "preview, resolved" },
  json: {},
  inventory: {},
  out: { value: "a path" },
};

const modes: readonly PlanMode[] = ["preview", "resolved"];

const usage = "npm run plan -- <environment> [--mode preview|resolved] [--json | --inventory] [--out FILE]";

interface Command {
  readonly environment: string;
  readonly mode: PlanMode;
  readonly print: "summary" | "json" | "inventory";
  /** File that gets the JSON. */
  readonly out: string;
}

/** @throws Error with everything wrong on the command line. */
function readCommand(args: readonly string[]): Command {
  const { positionals, values, switches, problems } = readCommandLine(args, options);
  const [environment = ""] = positionals;
  const { mode: givenMode = "resolved", out = join(".task-platform", "plan", `${environment}.json`) } =
    values;
  const mode = modes.find((known) => known === givenMode);
  const unknown = unknownEnvironment(repositoryRoot, environment);
  const all = [
    ...(unknown === undefined ? [] : [unknown]),
    ...(positionals.length > 1
      ? [`environment: got ${positionals.length} (${positionals.join(", ")}); allowed: one`]
      : []),
    ...problems,
    ...(mode ? [] : [`--mode: got "${givenMode}"; allowed: ${options.mode.value}`]),
    ...(switches.has("json") && switches.has("inventory")
      ? ["--json, --inventory: got both; allowed: one of them"]
      : []),
  ];
  if (all.length > 0 || !mode) throw usageError("npm run plan", all, usage);
  const print = switches.has("json") ? "json" : switches.has("inventory") ? "inventory" : "summary";
  return { environment, mode, print, out };
}

async function main(args: readonly string[]): Promise<void> {
  const command = readCommand(args);
  const plan = await planEnvironment(command.environment, { mode: command.mode });
  const json = digestText(plan);
  mkdirSync(dirname(command.out), { recursive: true });
  writeFileSync(command.out, json);
  switch (command.print) {
    case "json":
      process.stdout.write(json);
      break;
    case "inventory":
      process.stdout.write(inventory(plan));
      break;
    case "summary":
      process.stdout.write(
        `${summary(plan, await deployProblems(command.environment))}\n\nwritten: ${command.out}\n`,
      );
  }
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
