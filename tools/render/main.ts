import { join } from "node:path";
import { readCommandLine, runProgram, usageError } from "../command-line/index.ts";
import { planEnvironment, repositoryRoot, unknownEnvironment } from "../plan/index.ts";
import { render, writeRendering } from "./render.ts";
import { findTerraform, providerSchemas } from "./terraform/index.ts";

const usage = "npm run render -- <environment> [--out DIR]";

interface Command {
  readonly environment: string;
  readonly out: string;
}

/** @throws Error with everything wrong on the command line. */
function readCommand(args: readonly string[]): Command {
  const { positionals, values, problems: wrong } = readCommandLine(args, { out: { value: "a path" } });
  const [environment = "", ...more] = positionals;
  const unknown = unknownEnvironment(repositoryRoot, environment);
  const problems = [
    ...(unknown === undefined ? [] : [unknown]),
    ...(more.length === 0
      ? []
      : [`environment: got ${positionals.length} (${positionals.join(", ")}); allowed: one`]),
    ...wrong,
  ];
  if (problems.length > 0) throw usageError("npm run render", problems, usage);
  const out = values.out ?? join(".task-platform", "render", environment);
  return { environment, out };
}

async function main(args: readonly string[]): Promise<undefined> {
  const { environment, out } = readCommand(args);
  const plan = await planEnvironment(environment);
  const terraform = findTerraform(process.env);
  const here = "missing" in terraform ? undefined : terraform;
  const cache = join(repositoryRoot, "node_modules", ".cache", "task-platform", "render");
  const rendering = render(plan, here && (await providerSchemas(here, cache)));
  writeRendering(rendering, out);
  const kinds = Object.values(rendering.terraform.resource as Record<string, object>);
  const count = kinds.reduce((sum, resources) => sum + Object.keys(resources).length, 0);
  const lines = [
    `written: ${join(out, "kubernetes")} (${rendering.kubernetes.length} objects)`,
    `written: ${join(out, "terraform", "main.tf.json")} (${count} resources of ${kinds.length} kinds)`,
    here
      ? `for the AWS provider ${here.providerVersion} on this machine`
      : `for the newest AWS provider: ${"missing" in terraform ? terraform.missing : ""}`,
    `left out (${join(out, "left-out.txt")}):`,
    ...rendering.leftOut.filter((line) => !line.startsWith("kubernetes:")).map((line) => `  ${line}`),
  ];
  process.stdout.write(`${lines.join("\n")}\n`);
}

await runProgram(main, usage);
