import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { specs } from "../../stacks/index.ts";
import { pulumiArguments, readInvocation } from "./command.ts";

const root = join(import.meta.dirname, "..", "..");

/** Pulumi starts the first `node` on PATH, and the program needs the Node of this project. */
const env = { ...process.env, PATH: `${dirname(process.execPath)}:${process.env.PATH ?? ""}` };

function main(args: readonly string[]): number {
  const invocation = readInvocation(args, Object.keys(specs));
  const result = spawnSync("pulumi", pulumiArguments(invocation), { cwd: root, env, stdio: "inherit" });
  if (result.error && "code" in result.error && result.error.code === "ENOENT") {
    throw new Error(
      `npm run ${invocation.action}: the Pulumi CLI is not on PATH. Install it (pulumi.com, "Download and install"), or see the same resources without it: npm run plan -- ${invocation.environment}`,
    );
  }
  return result.status ?? 1;
}

try {
  process.exitCode = main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
