import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { planEnvironment, repositoryRoot } from "./environment.ts";
import { inventory } from "./inventory.ts";
import { stackNames } from "./stack-file.ts";

/** Where the inventories are that a pull request changes. */
const folder = join("tests", "goldens");

const given = process.argv.slice(2);
if (given.length > 0) {
  process.stderr.write(
    `npm run golden: got ${given.join(" ")}; allowed: nothing, it writes every environment\n`,
  );
  process.exitCode = 1;
} else {
  mkdirSync(join(repositoryRoot, folder), { recursive: true });
  for (const name of stackNames(repositoryRoot)) {
    const file = join(folder, `${name}.inventory.txt`);
    writeFileSync(join(repositoryRoot, file), inventory(await planEnvironment(name)));
    process.stdout.write(`written: ${file}\n`);
  }
}
