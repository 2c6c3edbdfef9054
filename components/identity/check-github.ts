import type { Problem } from "../core/index.ts";
import type { GithubRolesArgs } from "./github-roles.ts";

/** Everything wrong with the arguments of the block. */
export function githubProblems(args: GithubRolesArgs): Problem[] {
  const arn = (service: string) => new RegExp(`^arn:aws:${service}:[a-z0-9-]*:(?:${args.accountId})?:.+$`);
  return [
    ...unless(/^[A-Za-z0-9][A-Za-z0-9-]*\/[A-Za-z0-9._-]+$/.test(args.repository), {
      argument: "repository",
      given: `"${args.repository}"`,
      allowed: "owner/name, without a pattern",
      fix: "copy it from the address of the repository: a * here would let other repositories in",
    }),
    ...unless(/^[A-Za-z0-9][A-Za-z0-9_-]*$/.test(args.environment), {
      argument: "environment",
      given: `"${args.environment}"`,
      allowed: "the name of one GitHub environment, letters, digits, _ and -",
      fix: "name the environment whose protection rules hold the approval",
    }),
    ...unless(/^[a-z][a-z0-9-]+-$/.test(args.rolePrefix), {
      argument: "rolePrefix",
      given: `"${args.rolePrefix}"`,
      allowed: "lower-case letters, digits and hyphens, three or more, ending in a hyphen",
      fix: 'use the prefix of the environment, such as "task-prod-"',
    }),
    ...unless(
      arn("iam").test(args.permissionsBoundaryArn) && args.permissionsBoundaryArn.includes(":policy/"),
      {
        argument: "permissionsBoundaryArn",
        given: `"${args.permissionsBoundaryArn}"`,
        allowed: `a policy of account ${args.accountId}, arn:aws:iam::${args.accountId}:policy/…`,
        fix: "make a policy that bounds what the platform's roles may do, and pass its ARN",
      },
    ),
    ...unless(/^arn:aws:s3:::[a-z0-9.-]+$/.test(args.stateBucketArn), {
      argument: "stateBucketArn",
      given: `"${args.stateBucketArn}"`,
      allowed: "the ARN of one bucket, arn:aws:s3:::name",
      fix: "pass the bucket of the state, without a path",
    }),
    ...unless(arn("kms").test(args.stateKeyArn) && args.stateKeyArn.includes(":key/"), {
      argument: "stateKeyArn",
      given: `"${args.stateKeyArn}"`,
      allowed: `a key of account ${args.accountId}, arn:aws:kms:region:${args.accountId}:key/…`,
      fix: "pass the key of the state, not its alias: policies do not see aliases",
    }),
  ];
}

function unless(right: boolean, problem: Problem): Problem[] {
  return right ? [] : [problem];
}
