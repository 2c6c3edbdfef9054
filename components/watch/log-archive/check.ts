import { isWhole, logRetentionProblems, type Problem } from "../../base/core/index.ts";
import type { LogArchiveArgs } from "./args.ts";

/** All problems of the arguments of the block. */
export function checkLogArchiveArgs(
  args: Pick<LogArchiveArgs, "folder" | "retentionDays" | "errorRetentionDays">,
): Problem[] {
  const problems = logRetentionProblems(args.errorRetentionDays, "errorRetentionDays");
  if (!isWhole(args.retentionDays, 1)) {
    problems.push({
      argument: "retentionDays",
      given: String(args.retentionDays),
      allowed: "a whole number from 1",
      fix: "use at least 365, as auditors require, or make no archive",
    });
  }
  if (!/^[a-z][a-z0-9-]*$/.test(args.folder) || args.folder === "errors") {
    problems.push({
      argument: "folder",
      given: `"${args.folder}"`,
      allowed: 'lower-case letters, digits and hyphens, but not "errors", where Firehose puts failed records',
      fix: "use the source of the log as the name, such as control-plane",
    });
  }
  return problems;
}
