import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readCommandLine, usageError } from "../command-line/index.ts";
import { inventory, type Plan, planEnvironment, repositoryRoot, stackNames } from "../plan/index.ts";
import { writeDocuments } from "./write.ts";

/** Folder of the inventories. A pull request shows their changes. */
const folder = join("tests", "goldens");

const { positionals, problems: wrong } = readCommandLine(process.argv.slice(2), {});
const problems = [
  ...wrong,
  ...positionals.map(
    (name) => `argument: got "${name}"; allowed: none, because every environment is written`,
  ),
];
if (problems.length > 0) {
  process.stderr.write(`${usageError("npm run golden", problems, "npm run golden").message}\n`);
  process.exitCode = 1;
} else {
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
