import type * as pulumi from "@pulumi/pulumi";
import type { Problem, Removal } from "../../base/core/index.ts";
import { checkCacheSettings } from "./check-settings.ts";
import type { CacheSettings } from "./settings.ts";

/** A `queue` never evicts: a full one refuses writes instead of losing a job. A `cache` drops what is used least. */
export type CachePurpose = "queue" | "cache";

/** The one user that services sign in as, by IAM. */
export interface ApplicationUser {
  /** Id and name at once, as IAM sign-in demands; unique in the account and region, so it names the environment. */
  readonly name: string;
  /** Keys and channels it may touch begin with this, such as "task:". */
  readonly keyPrefix: string;
}

export interface CacheArgs {
  readonly settings: CacheSettings;
  /**
   * Physical name of the replication group, at most 40 characters, such as "task-prod-queue". Fixed, because clients
   * sign their IAM tokens for it and alarms name its nodes before they exist.
   */
  readonly groupId: string;
  readonly purpose: CachePurpose;
  readonly vpcId: pulumi.Input<string>;
  /** Subnets of the data tier by zone id. */
  readonly subnetIds: Readonly<Record<string, pulumi.Input<string>>>;
  /** Encrypts memory on disk and snapshots. Changing it replaces the group. */
  readonly keyArn: pulumi.Input<string>;
  readonly logKeyArn: pulumi.Input<string>;
  readonly alarmTopicArn: pulumi.Input<string>;
  /** Security groups that may connect, by a stable key such as "nodes". Nothing else may. */
  readonly clientSecurityGroupIds: Readonly<Record<string, pulumi.Input<string>>>;
  readonly applicationUser: ApplicationUser;
  readonly removal: Removal;
}

/** Everything wrong with the arguments of the block, with the settings among them. */
export function cacheArgProblems(args: CacheArgs): Problem[] {
  return [
    ...checkCacheSettings(args.settings).map((p) => ({ ...p, argument: `settings.${p.argument}` })),
    ...nameProblems(args),
    ...placeProblems(args),
  ];
}

function nameProblems(args: CacheArgs): Problem[] {
  const problems: Problem[] = [];
  const { name, keyPrefix } = args.applicationUser;
  // 40 is the limit of ElastiCache for both names; "default-" is put before the group id for the disabled user.
  if (!/^[a-z](?:-?[a-z0-9]){0,31}$/.test(args.groupId)) {
    problems.push({
      argument: "groupId",
      given: `"${args.groupId}"`,
      allowed: "at most 32 lower-case letters, digits and single hyphens, beginning with a letter",
      fix: 'name it like "task-prod-queue"',
    });
  }
  if (!/^[a-z](?:-?[a-z0-9]){0,39}$/.test(name) || name === "default") {
    problems.push({
      argument: "applicationUser.name",
      given: `"${name}"`,
      allowed: 'at most 40 lower-case letters, digits and single hyphens, and not "default"',
      fix: 'name it like "task-prod-application"',
    });
  }
  // Signs of the access language ("*", "?", "[", space) would widen the pattern or end it.
  if (!/^[a-z][a-z0-9:_-]*:$/.test(keyPrefix)) {
    problems.push({
      argument: "applicationUser.keyPrefix",
      given: `"${keyPrefix}"`,
      allowed: 'lower-case letters, digits, "_", "-" and ":", ending in ":"',
      fix: 'use a prefix such as "task:"',
    });
  }
  return problems;
}

function placeProblems(args: CacheArgs): Problem[] {
  const problems: Problem[] = [];
  const zones = Object.keys(args.subnetIds).toSorted();
  const least = args.settings.replicas > 0 ? 2 : 1;
  if (zones.length < least) {
    problems.push({
      argument: "subnetIds",
      given: zones.length === 0 ? "none" : zones.join(", "),
      allowed: `subnets in ${least} zones or more`,
      fix: "pass the data subnets of every zone: a replica beside its primary survives nothing",
    });
  }
  if (Object.keys(args.clientSecurityGroupIds).length === 0) {
    problems.push({
      argument: "clientSecurityGroupIds",
      given: "none",
      allowed: "one group or more",
      fix: "pass the groups of the nodes or pods that use the cache",
    });
  }
  return problems;
}
