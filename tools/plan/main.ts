import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { deployProblems, planEnvironment, repositoryRoot, stackNames } from "./environment/index.ts";
import type { PlanMode } from "./model/index.ts";
import { digestText, inventory, summary } from "./reports/index.ts";

const options = {
  mode: { type: "string" },
  json: { type: "boolean" },
  inventory: { type: "boolean" },
  out: { type: "string" },
} as const;

const modes: readonly PlanMode[] = ["preview", "resolved"];

const usage = "npm run plan -- <environment> [--mode preview|resolved] [--json | --inventory] [--out FILE]";

interface Command {
  readonly environment: string;
  readonly mode: PlanMode;
  readonly print: "summary" | "json" | "inventory";
  /** Where the JSON goes. */
  readonly out: string;
}

/** @throws Error with everything wrong on the command line. */
function readCommand(args: readonly string[]): Command {
  const { values, positionals, tokens } = parseArgs({
    args: [...args],
    options,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const names = stackNames(repositoryRoot);
  const [environment = ""] = positionals;
  const mode = modes.find((known) => known === (values.mode ?? "resolved"));
  const strange = tokens.flatMap((token) =>
    token.kind === "option" && !Object.hasOwn(options, token.name) ? [token.rawName] : [],
  );
  const problems = [
    ...(names.includes(environment)
      ? []
      : [
          `environment: got ${environment === "" ? "none" : `"${environment}"`}; allowed: ${names.join(", ")}`,
        ]),
    ...(positionals.length > 1
      ? [`environment: got ${positionals.length} (${positionals.join(", ")}); allowed: one`]
      : []),
    ...strange.map(
      (name) =>
        `option ${name}: unknown; allowed: ${Object.keys(options)
          .map((o) => `--${o}`)
          .join(", ")}`,
    ),
    ...(mode ? [] : [`--mode: got "${String(values.mode)}"; allowed: ${modes.join(", ")}`]),
    ...(values.json && values.inventory ? ["--json, --inventory: got both; allowed: one of them"] : []),
    ...(values.out === true || values.out === "" ? ["--out: got no file; allowed: a path"] : []),
  ];
  if (problems.length > 0 || !mode)
    throw new Error(`npm run plan:\n${problems.map((p) => `  - ${p}`).join("\n")}\nusage: ${usage}`);
  const file =
    typeof values.out === "string" ? values.out : join(".task-platform", "plan", `${environment}.json`);
  return {
    environment,
    mode,
    print: values.json ? "json" : values.inventory ? "inventory" : "summary",
    out: file,
  };
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
