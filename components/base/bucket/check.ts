import { isWhole, type Problem, unless } from "../core/index.ts";
import type { BucketArgs, CopyArgs } from "./args.ts";

/** Everything wrong with the arguments of a bucket. */
export function bucketProblems(args: BucketArgs): Problem[] {
  return [...lockProblems(args), ...(args.copy ? copyProblems(args, args.copy) : [])];
}

function lockProblems({ lock, removal }: BucketArgs): Problem[] {
  return unless(lock !== "compliance" || removal !== "remove", {
    argument: "lock",
    given: '"compliance" with removal "remove"',
    allowed: '"governance" or none',
    fix: "lock only what must stay: a destroy fails until the retention of every file is over",
  });
}

function copyProblems(args: BucketArgs, copy: CopyArgs): Problem[] {
  return [
    ...unless(copy.region !== args.region, {
      argument: "copy.region",
      given: `"${copy.region}", the region of the bucket itself`,
      allowed: "another region",
      fix: "name the recovery region",
    }),
    ...unless(args.keyArn !== undefined, {
      argument: "copy",
      given: "a copy of a bucket without a key",
      allowed: "a copy of a bucket with a key",
      fix: "give keyArn, or leave the copy out: load balancer logs are not worth a copy",
    }),
    ...unless(isWhole(copy.retentionDays, args.retentionDays), {
      argument: "copy.retentionDays",
      given: String(copy.retentionDays),
      allowed: `a whole number, ${args.retentionDays} (the days of the source) or more`,
      fix: "keep the copy as long as the source: the copy is needed when the source is gone",
    }),
  ];
}
