import type { Problem } from "../../base/core/index.ts";
import type { PodIdentityArgs } from "./args.ts";

const dnsLabel = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/;

/** Everything wrong with the arguments of the block. */
export function podIdentityProblems(args: PodIdentityArgs): Problem[] {
  const problems: Problem[] = [];
  for (const argument of ["namespace", "serviceAccount"] as const) {
    if (dnsLabel.test(args[argument])) continue;
    problems.push({
      argument,
      given: `"${args[argument]}"`,
      allowed: "1 to 63 lower-case letters, digits and hyphens; no wildcard",
      fix: "write the exact name that the pods use",
    });
  }
  if (Array.isArray(args.statements) && args.statements.length === 0) {
    problems.push({
      argument: "statements",
      given: "none",
      allowed: "one statement or more",
      fix: "leave the block out where pods need nothing from AWS; IAM refuses an empty policy",
    });
  }
  return problems;
}
