import { specs } from "../../stacks/index.ts";
import { readOptions } from "./options.ts";
import { printSteps, runAws, runSteps } from "./run.ts";
import { bootstrapSteps, stateBucket } from "./steps.ts";

const { prod } = specs;

try {
  const options = readOptions(process.argv.slice(2), {
    homeRegion: prod.region,
    recoveryRegion: prod.recoveryRegion,
    environments: Object.keys(specs),
  });
  const steps = bootstrapSteps(options);
  if (options.apply) {
    runSteps(steps, runAws, (line) => process.stdout.write(`${line}\n`));
    process.stdout.write(`\nNow: pulumi login s3://${stateBucket(options.accountId, options.homeRegion)}\n`);
  } else {
    process.stdout.write(
      `${printSteps(steps)}# Nothing was made. Add --apply to run these, those that are needed.\n`,
    );
  }
} catch (error) {
  process.stderr.write(`npm run bootstrap: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
