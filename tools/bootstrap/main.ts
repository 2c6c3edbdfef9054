import { stateBucketName, stateRegion } from "../../infra/names.ts";
import { specs } from "../../stacks/index.ts";
import { runProgram } from "../command-line/index.ts";
import { readOptions, usage } from "./options.ts";
import { printSteps } from "./print.ts";
import { runAws, runSteps } from "./run.ts";
import { bootstrapSteps } from "./steps.ts";

function main(args: readonly string[]): undefined {
  const { apply, ...options } = readOptions(args, {
    homeRegion: stateRegion,
    recoveryRegion: specs.prod.recoveryRegion,
    environments: Object.keys(specs),
  });
  const steps = bootstrapSteps(options);
  if (!apply) {
    const note = "# Nothing was created. Add --apply to run this, or give it to sh where the AWS CLI is.";
    process.stdout.write(`${printSteps(steps)}${note}\n`);
    return;
  }
  runSteps(steps, runAws, (line) => process.stdout.write(`${line}\n`));
  const bucket = stateBucketName(options.accountId, options.homeRegion);
  process.stdout.write(`\nNext: pulumi login 's3://${bucket}?region=${options.homeRegion}'\n`);
}

await runProgram(main, usage);
