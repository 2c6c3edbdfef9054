import {
  choiceProblems,
  listed,
  logRetentionProblems,
  type Problem,
  under,
  unless,
  wholeNumberProblems,
} from "../../base/core/index.ts";
import type { CacheArgs } from "./args.ts";
import { nodeTypes, valkeyVersions } from "./node-types.ts";
import type { CacheSettings } from "./settings.ts";

/** ElastiCache keeps no automatic snapshot longer. */
const longestSnapshotDays = 35;

/** Everything wrong with the cache part of an environment spec. */
export function checkCacheSettings(settings: CacheSettings): Problem[] {
  return [
    ...choiceProblems("version", settings.version, Object.keys(valkeyVersions).toSorted(), "use 8.2"),
    ...choiceProblems(
      "nodeType",
      settings.nodeType,
      Object.keys(nodeTypes).toSorted(),
      "choose one of these, or add the type with its memory to components/stores/cache/node-types.ts",
    ),
    ...wholeNumberProblems(
      "replicas",
      settings.replicas,
      { least: 0, most: 5 },
      "use 2 for one node in each of three zones",
    ),
    ...wholeNumberProblems(
      "snapshotRetentionDays",
      settings.snapshotRetentionDays,
      { least: 0, most: longestSnapshotDays },
      "use 7: the data is rebuilt from PostgreSQL, not restored",
    ),
    ...logRetentionProblems(settings.logRetentionDays),
  ];
}

/** Everything wrong with the arguments of the block, its settings included. */
export function cacheProblems(args: CacheArgs): Problem[] {
  return [
    ...under("settings", checkCacheSettings(args.settings)),
    ...nameProblems(args),
    ...networkProblems(args),
  ];
}

function nameProblems({ groupId, applicationUser: { name, keyPrefix } }: CacheArgs): Problem[] {
  return [
    // ElastiCache allows 40 characters for both names, and the disabled user is named "default-" and the group id.
    ...unless(/^[a-z](?:-?[a-z0-9]){0,31}$/.test(groupId), {
      argument: "groupId",
      given: `"${groupId}"`,
      allowed: "at most 32 lower-case letters, digits and single hyphens, beginning with a letter",
      fix: 'name it like "task-prod-queue"',
    }),
    ...unless(/^[a-z](?:-?[a-z0-9]){0,39}$/.test(name) && name !== "default", {
      argument: "applicationUser.name",
      given: `"${name}"`,
      allowed: 'at most 40 lower-case letters, digits and single hyphens, and not "default"',
      fix: 'name it like "task-prod-application"',
    }),
    // Special characters of access strings ("*", "?", "[", space) would widen the pattern or end it.
    ...unless(/^[a-z][a-z0-9:_-]*:$/.test(keyPrefix), {
      argument: "applicationUser.keyPrefix",
      given: `"${keyPrefix}"`,
      allowed: 'lower-case letters, digits, "_", "-" and ":", ending in ":"',
      fix: 'use a prefix such as "task:"',
    }),
  ];
}

function networkProblems({ settings, subnetIds, clientSecurityGroupIds }: CacheArgs): Problem[] {
  const zones = Object.keys(subnetIds).toSorted();
  const least = settings.replicas > 0 ? 2 : 1;
  return [
    ...unless(zones.length >= least, {
      argument: "subnetIds",
      given: listed(zones),
      allowed: `subnets in ${least} zones or more`,
      fix: "pass the data subnets of every zone: a replica in the zone of its primary does not survive its loss",
    }),
    ...unless(Object.keys(clientSecurityGroupIds).length > 0, {
      argument: "clientSecurityGroupIds",
      given: "none",
      allowed: "one security group or more",
      fix: "pass the security groups of the nodes or pods that use the cache",
    }),
  ];
}
