import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inventory, type Plan, planEnvironment, repositoryRoot, stackNames } from "../plan/index.ts";
import { writeDocuments } from "./write.ts";

/** Folder of the inventories. A pull request shows their changes. */
const folder = join("tests", "goldens");

const given = process.argv.slice(2);
if (given.length > 0) {
  process.stderr.write(
    `npm run golden: got ${given.join(" ")}; allowed: no argument, because it writes the files of every environment\n`,
  );
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
