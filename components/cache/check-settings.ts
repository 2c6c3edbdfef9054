import type { Problem } from "../core/index.ts";
import { nodeTypes, valkeyVersions } from "./node-types.ts";
import type { CacheSettings } from "./settings.ts";

/** The only retentions CloudWatch Logs takes, up to ten years. */
const logRetentionsDays = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

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
    ...(logRetentionsDays.includes(settings.logRetentionDays)
      ? []
      : [
          refused(
            "logRetentionDays",
            String(settings.logRetentionDays),
            logRetentionsDays.join(", "),
            "use the nearest of these",
          ),
        ]),
  ];
}

function refused(argument: string, given: string, allowed: string, fix: string): Problem {
  return { argument, given, allowed, fix };
}

function listed(table: Readonly<Record<string, unknown>>): string {
  return Object.keys(table).toSorted().join(", ");
}

function isWhole(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}
