import { readCommandLine, usageError } from "../command-line/index.ts";
import type { BootstrapOptions } from "./types.ts";

export interface Invocation extends BootstrapOptions {
  /** Without it, the commands are only printed. */
  readonly apply: boolean;
}

const usage = "npm run bootstrap -- --account=<12 digits> [--apply]";

/** @throws Error with every problem. */
export function readOptions(args: readonly string[], place: Omit<BootstrapOptions, "accountId">): Invocation {
  const { positionals, values, switches, problems } = readCommandLine(args, {
    account: { value: "the 12 digits of the AWS account that stores the state" },
    apply: {},
  });
  const accountId = values.account ?? "";
  const all = [
    ...problems,
    ...positionals.map((given) => `argument: got "${given}"; allowed: only options`),
    ...(/^\d{12}$/.test(accountId)
      ? []
      : [
          `--account: got ${accountId === "" ? "nothing" : `"${accountId}"`}; allowed: the 12 digits of the AWS account that stores the state`,
        ]),
  ];
  if (all.length > 0) throw usageError("npm run bootstrap, nothing was created", all, usage);
  return { ...place, accountId, apply: switches.has("apply") };
}
