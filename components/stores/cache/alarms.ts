import type { AlarmSpec } from "../../base/alarms/index.ts";
import type { CachePurpose } from "./args.ts";

/** Numbers of the nodes, as ElastiCache names them: "001" and on. Any of them may be the primary after a failover. */
export function nodeKeys(replicas: number): string[] {
  return Array.from({ length: replicas + 1 }, (_, position) => String(position + 1).padStart(3, "0"));
}

/** The limit of a node is 65,000 clients; a tenth is far more than all pods open. */
const manyConnections = 6500;

/** Everything that wakes somebody, for every node of a group. */
export function cacheAlarms(watched: {
  readonly groupId: string;
  readonly purpose: CachePurpose;
  readonly replicas: number;
}): AlarmSpec[] {
  return nodeKeys(watched.replicas).flatMap((node) => nodeAlarms(watched, node));
}

function nodeAlarms(
  watched: { readonly groupId: string; readonly purpose: CachePurpose; readonly replicas: number },
  node: string,
): AlarmSpec[] {
  const of = (role: string, metric: string) => base(`${watched.groupId}-${node}`, `${node}-${role}`, metric);
  return [
    {
      ...of("cpu", "EngineCPUUtilization"),
      description:
        "The command thread is busy 80 % of the time, or the node is silent. Look at the slow log.",
      threshold: 80, // One thread runs every command, so above this all of them wait.
      missing: "breaching", // The heartbeat of the set.
    },
    {
      ...of("memory", "DatabaseMemoryUsagePercentage"),
      description: "Three quarters of memory are used: a queue is not drained, or keys do not expire.",
      threshold: 75, // A full queue refuses writes; a quarter is time to act.
    },
    {
      ...of("evictions", "Evictions"),
      description:
        watched.purpose === "queue"
          ? "A queue evicted keys: jobs or locks are lost. Check maxmemory-policy."
          : "The cache evicts a thousand keys a minute: it is too small for what it is asked.",
      statistic: "Sum",
      threshold: watched.purpose === "queue" ? 0 : 5000, // A cache evicts by design; 5,000 in 5 minutes is churn.
      periods: watched.purpose === "queue" ? 1 : 3, // One lost job is enough.
    },
    {
      ...of("connections", "CurrConnections"),
      description: "Far more connections than pods can open. Look for a pool that leaks.",
      threshold: manyConnections,
    },
    ...(watched.replicas > 0
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
    missing: "notBreaching", // Silence is told once, by the CPU alarm.
  } as const;
}
