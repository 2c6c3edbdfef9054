import type { Problem } from "../core/index.ts";
import type { BucketArgs, CopyArgs } from "./args.ts";

/** Everything wrong with the arguments of a bucket. */
export function checkBucketArgs(args: BucketArgs): Problem[] {
  return [...lockProblems(args), ...(args.copy ? copyProblems(args, args.copy) : [])];
}

function lockProblems({ lock, removal }: BucketArgs): Problem[] {
  if (lock !== "compliance" || removal !== "remove") return [];
  return [
    {
      argument: "lock",
      given: '"compliance" with removal "remove"',
      allowed: '"governance" or none',
      fix: "lock only what is to stay: a destroy would stop at the first file, until its retention is over",
    },
  ];
}

function copyProblems(args: BucketArgs, copy: CopyArgs): Problem[] {
  const problems: Problem[] = [];
  if (copy.region === args.region) {
    problems.push({
      argument: "copy.region",
      given: `"${copy.region}", where the bucket already is`,
      allowed: "another region",
      fix: "name the region that takes over",
    });
  }
  if (args.keyArn === undefined) {
    problems.push({
      argument: "copy",
      given: "a copy of a bucket without a key",
      allowed: "a copy of a bucket with one",
      fix: "give keyArn, or leave out the copy: what load balancers write is not worth one",
    });
  }
  if (!Number.isInteger(copy.retentionDays) || copy.retentionDays < args.retentionDays) {
    problems.push({
      argument: "copy.retentionDays",
      given: String(copy.retentionDays),
      allowed: `a whole number from ${args.retentionDays}, the days at home`,
      fix: "keep the copy as long as the original: it is looked for when the original is gone",
    });
  }
  return problems;
}
