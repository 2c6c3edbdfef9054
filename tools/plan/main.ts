import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fitTerminal, readCommandLine, runProgram, usageError } from "../command-line/index.ts";
import { deployProblems, planEnvironment, repositoryRoot, unknownEnvironment } from "./environment/index.ts";
import type { PlanMode } from "./model/index.ts";
import { reachability, reachabilityText } from "./reachability/index.ts";
import { digestText, inventory, summary } from "./reports/index.ts";

const options = {
  mode: { value: "preview, resolved" },
  json: {},
  inventory: {},
  reachability: {},
  out: { value: "a path" },
};

const modes: readonly PlanMode[] = ["preview", "resolved"];

/** What is printed instead of the summary. */
const reports = ["json", "inventory", "reachability"] as const;
type Report = (typeof reports)[number];

const usage =
  "npm run plan -- <environment> [--mode preview|resolved] [--json | --inventory | --reachability] [--out FILE]";

interface Command {
  readonly environment: string;
  readonly mode: PlanMode;
  readonly print: "summary" | Report;
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
  const chosen = reports.filter((name) => switches.has(name));
  const unknown = unknownEnvironment(repositoryRoot, environment);
  const all = [
    ...(unknown === undefined ? [] : [unknown]),
    ...(positionals.length > 1
      ? [`environment: got ${positionals.length} (${positionals.join(", ")}); allowed: one`]
      : []),
    ...problems,
    ...(mode ? [] : [`--mode: got "${givenMode}"; allowed: ${options.mode.value}`]),
    ...(chosen.length > 1
      ? [`${chosen.map((name) => `--${name}`).join(", ")}: got ${chosen.length}; allowed: one of them`]
      : []),
    // A preview has no ids, so nothing says which rule belongs to which group.
    ...(switches.has("reachability") && mode === "preview"
      ? ["--reachability: got --mode preview; allowed: resolved"]
      : []),
  ];
  if (all.length > 0 || !mode) throw usageError("npm run plan", all, usage);
  return { environment, mode, print: chosen[0] ?? "summary", out };
}

async function main(args: readonly string[]): Promise<undefined> {
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
    case "reachability":
      process.stdout.write(`${reachabilityText(plan.stack, reachability(plan))}\n`);
      break;
    case "summary":
      process.stdout.write(
        `${fitTerminal(summary(plan, await deployProblems(command.environment)), process.stdout.columns)}\n\nwritten: ${command.out}\n`,
      );
  }
}

await runProgram(main, usage);
