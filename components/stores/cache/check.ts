import { isWhole, logRetentionProblems, type Problem } from "../../base/core/index.ts";
import { nodeTypes, valkeyVersions } from "./node-types.ts";
import type { CacheSettings } from "./settings.ts";

/** Everything wrong with what an environment says about its cache. */
export function checkCacheSettings(settings: CacheSettings): Problem[] {
  return [
    ...(Object.hasOwn(valkeyVersions, settings.version)
      ? []
      : [refused("version", `"${settings.version}"`, listed(valkeyVersions), "use 8.2")]),
    ...(Object.hasOwn(nodeTypes, settings.nodeType)
      ? []
      : [
          refused(
            "nodeType",
            `"${settings.nodeType}"`,
            listed(nodeTypes),
            "choose one of these, or add the type with its memory to components/cache/node-types.ts",
          ),
        ]),
    ...(isWhole(settings.replicas, 0, 5)
      ? []
      : [
          refused("replicas", String(settings.replicas), "0 to 5", "two put one node in each of three zones"),
        ]),
    // ElastiCache keeps no automatic snapshot longer than 35 days.
    ...(isWhole(settings.snapshotRetentionDays, 0, 35)
      ? []
      : [
          refused(
            "snapshotRetentionDays",
            String(settings.snapshotRetentionDays),
            "0 to 35",
            "use 7: what is here is rebuilt from PostgreSQL, not restored",
          ),
        ]),
    ...logRetentionProblems(settings.logRetentionDays),
  ];
}

function refused(argument: string, given: string, allowed: string, fix: string): Problem {
  return { argument, given, allowed, fix };
}

function listed(table: Readonly<Record<string, unknown>>): string {
  return Object.keys(table).toSorted().join(", ");
}
