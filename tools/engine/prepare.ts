// The set-up calls `node tools/engine/prepare.ts` before the tests: it builds the Pulumi CLI if there is none and Go is there.
// Without a CLI the tests of the engine are skipped, so a failure is told and stops nothing.
import { buildCli, cannotBuild, findCli } from "./cli/index.ts";

function say(line: string): void {
  process.stdout.write(`[set-up] ${line}\n`);
}

async function prepare(): Promise<void> {
  const found = findCli();
  if ("cli" in found) return;
  const reason = cannotBuild();
  if (reason !== undefined) {
    say(`${found.missing}, and ${reason}: the tests of the engine will be skipped`);
    return;
  }
  try {
    await buildCli(say);
  } catch (error) {
    say(`the tests of the engine will be skipped: ${(error as Error).message}`);
  }
}

await prepare();
