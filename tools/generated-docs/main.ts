import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readCommandLine, runProgram, usageError } from "../command-line/index.ts";
import { inventory, type Plan, planEnvironment, repositoryRoot, stackNames } from "../plan/index.ts";
import { writeDocuments } from "./write.ts";

const usage = "npm run golden";
/** Folder of the inventories. A pull request shows their changes. */
const folder = join("tests", "goldens");

async function main(args: readonly string[]): Promise<undefined> {
  const { positionals, problems: wrong } = readCommandLine(args, {});
  const problems = [
    ...wrong,
    ...positionals.map(
      (name) => `argument: got "${name}"; allowed: none, because every environment is written`,
    ),
  ];
  if (problems.length > 0) throw usageError("npm run golden", problems, usage);
  mkdirSync(join(repositoryRoot, folder), { recursive: true });
  const plans: Plan[] = [];
  for (const name of stackNames(repositoryRoot)) {
    const file = join(folder, `${name}.inventory.txt`);
    const plan = await planEnvironment(name);
    plans.push(plan);
    writeFileSync(join(repositoryRoot, file), inventory(plan));
    process.stdout.write(`written: ${file}\n`);
  }
  for (const file of writeDocuments(plans, repositoryRoot)) process.stdout.write(`written: ${file}\n`);
}

await runProgram(main, usage);
