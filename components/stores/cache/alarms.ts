import type { AlarmSpec } from "../../base/alarms/index.ts";
import type { CachePurpose } from "./args.ts";

/** The numbers that ElastiCache gives the nodes, from "001" on. Any node may be the primary after a failover. */
function nodeKeys(replicas: number): string[] {
  return Array.from({ length: replicas + 1 }, (_, position) => String(position + 1).padStart(3, "0"));
}

/** A node accepts 65,000 clients. One tenth is far more than all pods open. */
const manyConnections = 6500;

interface MonitoredGroup {
  readonly groupId: string;
  readonly purpose: CachePurpose;
  readonly replicas: number;
}

/** All alarms, for every node of a replication group. */
export function cacheAlarms(group: MonitoredGroup): AlarmSpec[] {
  return nodeKeys(group.replicas).flatMap((node) => nodeAlarms(group, node));
}

function nodeAlarms(group: MonitoredGroup, node: string): AlarmSpec[] {
  const of = (role: string, metric: string) => base(`${group.groupId}-${node}`, `${node}-${role}`, metric);
  return [
    {
      ...of("cpu", "EngineCPUUtilization"),
      description:
        "The command thread is busy 80 % of the time, or the node is silent. Look at the slow log.",
      threshold: 80, // One thread runs every command, so above this all commands wait.
      missing: "breaching", // The heartbeat: a node without samples is down.
    },
    {
      ...of("memory", "DatabaseMemoryUsagePercentage"),
      description: "Three quarters of memory are used: a queue is not drained, or keys do not expire.",
      threshold: 75, // A full queue refuses writes; the last quarter is time to act.
    },
    {
      ...of("evictions", "Evictions"),
      description:
        group.purpose === "queue"
          ? "A queue evicted keys: jobs or locks are lost. Check maxmemory-policy."
          : "The cache evicts a thousand keys a minute: it is too small for what it is asked.",
      statistic: "Sum",
      threshold: group.purpose === "queue" ? 0 : 5000, // A cache evicts by design, but 5,000 keys in 5 minutes are too many.
      periods: group.purpose === "queue" ? 1 : 3, // One lost job is enough.
    },
    {
      ...of("connections", "CurrConnections"),
      description: "Far more connections than pods can open. Look for a pool that leaks.",
      threshold: manyConnections,
    },
    ...(group.replicas > 0
      ? [
          {
            ...of("lag", "ReplicationLag"),
            description: "The node is 10 s behind its primary: a failover now would lose that much.",
            threshold: 10, // Normal is under 1 s.
          },
        ]
      : []),
  ];
}

function base(node: string, key: string, metric: string) {
  return {
    key,
    namespace: "AWS/ElastiCache",
    metric,
    dimensions: { CacheClusterId: node },
    statistic: "Maximum",
    comparison: "above",
    periodSeconds: 300,
    periods: 3, // Longer than a failover.
    missing: "notBreaching", // Only the CPU alarm reports missing data.
  } as const;
}
