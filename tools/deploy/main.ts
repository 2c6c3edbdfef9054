import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { specs } from "../../stacks/index.ts";
import { pulumiArguments, readInvocation } from "./command.ts";
import { typeErrors } from "./type-check.ts";

const root = join(import.meta.dirname, "..", "..");

/** Pulumi starts the first `node` on PATH, and the program needs the Node of this project. */
const env = { ...process.env, PATH: `${dirname(process.execPath)}:${process.env.PATH ?? ""}` };

function main(args: readonly string[]): number {
  const invocation = readInvocation(args, Object.keys(specs));
  if (!isOnPath("pulumi")) {
    throw new Error(
      `npm run ${invocation.action}: the Pulumi CLI is not on PATH. Install it (pulumi.com, "Download and install"), or see the same resources without it: npm run plan -- ${invocation.environment}`,
    );
  }
  const wrong = typeErrors(root);
  if (wrong.length > 0) {
    const count = wrong.length === 1 ? "1 type error" : `${wrong.length} type errors`;
    throw new Error(
      [
        `npm run ${invocation.action}: ${count}, nothing was done.`,
        ...wrong.map((line) => `  - ${line}`),
      ].join("\n"),
    );
  }
  const result = spawnSync("pulumi", pulumiArguments(invocation), { cwd: root, env, stdio: "inherit" });
  if (result.error) throw result.error;
  return result.status ?? 1;
}

function isOnPath(program: string): boolean {
  return env.PATH.split(delimiter).some((folder) => folder !== "" && existsSync(join(folder, program)));
}

try {
  process.exitCode = main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
