import { logRetentionProblems, type Problem } from "../../base/core/index.ts";
import type { LogArchiveArgs } from "./log-archive.ts";

/** Everything wrong with the arguments of the block. */
export function archiveProblems(
  args: Pick<LogArchiveArgs, "folder" | "retentionDays" | "errorRetentionDays">,
): Problem[] {
  const problems = logRetentionProblems(args.errorRetentionDays, "errorRetentionDays");
  if (!Number.isInteger(args.retentionDays) || args.retentionDays < 1) {
    problems.push({
      argument: "retentionDays",
      given: String(args.retentionDays),
      allowed: "a whole number from 1",
      fix: "make no archive where none is wanted; auditors ask for a year",
    });
  }
  if (!/^[a-z][a-z0-9-]*$/.test(args.folder) || args.folder === "errors") {
    problems.push({
      argument: "folder",
      given: `"${args.folder}"`,
      allowed:
        'lower-case letters, digits and hyphens, and not "errors", where Firehose puts what it cannot read',
      fix: "name it for what writes the log, such as control-plane",
    });
  }
  return problems;
}
