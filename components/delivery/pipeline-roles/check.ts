import { type Problem, platform, unless } from "../../base/core/index.ts";
import type { PipelineRolesArgs } from "./args.ts";

/** A repository as GitHub writes it in the subject of its tokens: both parts carry an id, or neither does. */
export const repositoryForm =
  /^[A-Za-z0-9][A-Za-z0-9-]*(?:@[1-9]\d*\/[A-Za-z0-9._-]+@[1-9]\d*|\/[A-Za-z0-9._-]+)$/;

/** All problems of the arguments of the block. */
export function checkPipelineRolesArgs(args: PipelineRolesArgs): Problem[] {
  return [
    ...unless(repositoryForm.test(args.repository), {
      argument: "repository",
      given: `"${args.repository}"`,
      allowed: "owner/name or owner@id/name@id, without a pattern",
      fix: "copy it from the subject of a token: a * would allow other repositories",
    }),
    ...unless(/^[A-Za-z0-9][A-Za-z0-9_-]*$/.test(args.environment), {
      argument: "environment",
      given: `"${args.environment}"`,
      allowed: "the name of one GitHub environment, letters, digits, _ and -",
      fix: "use the environment whose protection rules require an approval",
    }),
    ...unless(/^[a-z][a-z0-9-]{1,50}[a-z0-9]$/.test(args.rolePrefix), {
      argument: "rolePrefix",
      given: `"${args.rolePrefix}"`,
      allowed: "3 to 52 lower-case letters, digits and hyphens, because -preview or -deploy is added",
      fix: 'use the name of the environment, such as "task-prod-github"',
    }),
    ...unless(/^(?:\/[a-z0-9-]+)+\/$/.test(args.rolePath), {
      argument: "rolePath",
      given: `"${args.rolePath}"`,
      allowed: `a path for one environment, such as /${platform.name}/prod/`,
      fix: "use the path of the program's own roles; / would mean every role of the account",
    }),
    ...unless(/^Z[A-Z0-9]{7,31}$/.test(args.hostedZoneId), {
      argument: "hostedZoneId",
      given: `"${args.hostedZoneId}"`,
      allowed: "the id of one hosted zone, Z and capital letters or digits",
      fix: "pass the zone of the platform's names: a * would mean every zone of the account",
    }),
    ...referenceProblems(args),
  ];
}

/** Each ARN or alias must name exactly one object of this account. */
function referenceProblems(args: PipelineRolesArgs): Problem[] {
  return [
    ...unless(new RegExp(`^arn:aws:iam::${args.accountId}:policy/.+$`).test(args.permissionsBoundaryArn), {
      argument: "permissionsBoundaryArn",
      given: `"${args.permissionsBoundaryArn}"`,
      allowed: `a policy of account ${args.accountId}, arn:aws:iam::${args.accountId}:policy/…`,
      fix: "make a policy that limits the platform's roles, and pass its ARN",
    }),
    ...unless(/^arn:aws:s3:::[a-z0-9.-]+$/.test(args.stateBucketArn), {
      argument: "stateBucketArn",
      given: `"${args.stateBucketArn}"`,
      allowed: "the ARN of one bucket, arn:aws:s3:::name",
      fix: "pass the state bucket, without a path",
    }),
    ...unless(
      args.stateKeyAliases.length > 0 &&
        args.stateKeyAliases.every((alias) => /^alias\/[a-z0-9/_-]+$/.test(alias)),
      {
        argument: "stateKeyAliases",
        given: args.stateKeyAliases.join(", ") || "none",
        allowed: "one alias or more, each alias/name without a pattern",
        fix: "pass the aliases that `npm run bootstrap` makes",
      },
    ),
    ...unless(
      args.providerArn === `arn:aws:iam::${args.accountId}:oidc-provider/token.actions.githubusercontent.com`,
      {
        argument: "providerArn",
        given: `"${args.providerArn}"`,
        allowed: `the provider of GitHub in account ${args.accountId}`,
        fix: "pass the one that `npm run bootstrap` makes",
      },
    ),
  ];
}
