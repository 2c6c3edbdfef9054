import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { createInterface } from "node:readline/promises";
import { specs } from "../../stacks/index.ts";
import { runProgram } from "../command-line/index.ts";
import { pulumiArguments, readInvocation, usage } from "./command.ts";
import { type Destroy, destroyArguments, destroyUsage, readDestroy } from "./destroy.ts";
import { describeTakeDown, planTakeDown, type StateResource } from "./take-down.ts";
import { typeErrors } from "./type-check.ts";

const root = join(import.meta.dirname, "..", "..");

/** Pulumi starts the first `node` on PATH, and the program needs the Node of this project. */
const env = { ...process.env, PATH: `${dirname(process.execPath)}:${process.env.PATH ?? ""}` };

/** Largest state that is read: that of prod has about a MiB. */
const mostBytes = 256 * 1024 * 1024;

async function main(args: readonly string[]): Promise<number> {
  const environments = Object.keys(specs);
  const [action, ...rest] = args;
  if (action === "destroy") return destroy(readDestroy(rest, environments));
  const invocation = readInvocation(args, environments);
  requireCli(invocation.action, invocation.environment);
  requireTypes(invocation.action);
  return pulumi(pulumiArguments(invocation), "inherit").status;
}

async function destroy(wanted: Destroy): Promise<number> {
  const { environment } = wanted;
  requireCli("destroy", environment);
  const { removal } = specs[environment as keyof typeof specs];
  const exported = pulumi(["stack", "export", "--stack", environment], "pipe");
  if (exported.status !== 0) return exported.status;
  const state = JSON.parse(exported.output) as {
    deployment: { resources?: readonly StateResource[] };
  };
  const found = planTakeDown(environment, removal, state.deployment.resources ?? []);
  process.stdout.write(`${describeTakeDown(environment, removal, found)}\n`);
  if (found.problems.length > 0) return 1;
  const answer = wanted.confirmed === "" ? await ask(environment) : wanted.confirmed;
  if (answer !== environment) {
    throw new Error(
      `npm run destroy: got ${answer === "" ? "no confirmation" : `"${answer}"`}; allowed: "${environment}"; nothing was deleted`,
    );
  }
  return pulumi(destroyArguments(wanted, removal === "retain-data"), "inherit").status;
}

/** The name that a person types; empty where nobody can be asked. */
async function ask(environment: string): Promise<string> {
  if (!process.stdin.isTTY) return "";
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return (await lines.question(`Type "${environment}" to delete this: `)).trim();
  } finally {
    lines.close();
  }
}

/** Runs the CLI. */
function pulumi(args: readonly string[], output: "inherit" | "pipe") {
  const result = spawnSync("pulumi", args, {
    cwd: root,
    env,
    stdio: ["inherit", output, "inherit"],
    encoding: "utf8",
    maxBuffer: mostBytes,
  });
  if (result.error) throw result.error;
  return { status: result.status ?? 1, output: result.stdout };
}

/** @throws Error when the CLI is not installed. */
function requireCli(action: string, environment: string): void {
  if (env.PATH.split(delimiter).some((folder) => folder !== "" && existsSync(join(folder, "pulumi")))) return;
  throw new Error(
    `npm run ${action}: the Pulumi CLI is not on PATH. Install it (pulumi.com, "Download and install"), or see the same resources without it: npm run plan -- ${environment}`,
  );
}

/** @throws Error with every type error: Node strips types, so nothing else would tell. */
function requireTypes(action: string): void {
  const wrong = typeErrors(root);
  if (wrong.length === 0) return;
  const count = wrong.length === 1 ? "1 type error" : `${wrong.length} type errors`;
  throw new Error(
    [`npm run ${action}: ${count}, nothing was done.`, ...wrong.map((line) => `  - ${line}`)].join("\n"),
  );
}

await runProgram(main, process.argv[2] === "destroy" ? destroyUsage : usage);
