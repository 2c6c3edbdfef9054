import type * as pulumi from "@pulumi/pulumi";
import type { AlarmSpec } from "../../base/alarms/index.ts";
import { usableConnectionsPercent } from "./connections.ts";
import { type InstanceClass, includedIops, maxConnections } from "./instance-classes.ts";
import { maxSlotMiB } from "./parameters.ts";

const gibibyte = 1024 ** 3;

/** An instance that the alarms watch. */
export interface WatchedInstance {
  /** Part of the keys: "primary" or "replica-1". */
  readonly key: string;
  readonly identifier: pulumi.Input<string>;
  readonly role: "primary" | "replica";
  readonly instanceClass: InstanceClass;
  readonly storageGiB: number;
}

/** A list may be this far behind; the API shows its own writes from the primary. */
const replicaLagSeconds = 30;

/** Two thousand million ends in a forced shutdown; half of it leaves days for a vacuum. */
const oldestTransactionIds = 1_000_000_000;

/** An IO that waits 10 ms is slow on gp3; queue = rate × wait. */
const slowIoSeconds = 0.01;

/** Everything that wakes somebody for one instance. */
export function instanceAlarms(watched: WatchedInstance): AlarmSpec[] {
  return [
    ...loadAlarms(watched),
    ...roomAlarms(watched),
    ...(watched.role === "replica" ? [lagAlarm(watched)] : slotAlarms(watched)),
  ];
}

function loadAlarms(watched: WatchedInstance): AlarmSpec[] {
  const limit = maxConnections(watched.instanceClass);
  return [
    {
      ...base(watched, "cpu", "CPUUtilization"),
      description:
        "CPU above 80 % for 15 minutes, or the instance is silent. Look for new statements in Database Insights.",
      statistic: "Average",
      comparison: "above",
      threshold: 80, // At 90 % p99 is already lost.
      missing: "breaching", // The heartbeat of the set: a database that reports nothing is away.
    },
    {
      ...base(watched, "connections", "DatabaseConnections"),
      description: `More than ${usableConnectionsPercent} % of ${limit} connections are in use. Look for a pool that leaks or a rollout that hangs.`,
      statistic: "Maximum",
      comparison: "above",
      threshold: Math.floor((limit * usableConnectionsPercent) / 100),
    },
    {
      ...base(watched, "queue", "DiskQueueDepth"),
      description: "Reads and writes wait for the disk. Look for missing indexes, then for more IOPS.",
      statistic: "Average",
      comparison: "above",
      threshold: includedIops(watched.storageGiB) * slowIoSeconds,
    },
  ];
}

function roomAlarms(watched: WatchedInstance): AlarmSpec[] {
  return [
    {
      ...base(watched, "storage", "FreeStorageSpace"),
      description:
        "Less than 10 % of the first storage is free: autoscaling did not help. A full disk stops every write.",
      statistic: "Minimum",
      comparison: "below",
      threshold: watched.storageGiB * gibibyte * 0.1, // RDS grows the disk at this same mark, if it may.
    },
    {
      ...base(watched, "memory", "FreeableMemory"),
      description: "Less than 10 % of memory is free. Connections and sorts are the usual eaters.",
      statistic: "Average",
      comparison: "below",
      threshold: watched.instanceClass.memoryGiB * gibibyte * 0.1,
    },
  ];
}

function slotAlarms(watched: WatchedInstance): AlarmSpec[] {
  return [
    {
      ...base(watched, "slots", "OldestReplicationSlotLag"),
      description:
        "A replication slot is not read and holds back the write-ahead log. It is dropped at twice this size.",
      statistic: "Maximum",
      comparison: "above",
      threshold: (maxSlotMiB(watched.storageGiB) * 1024 ** 2) / 2,
    },
    {
      ...base(watched, "transaction-ids", "MaximumUsedTransactionIDs"),
      description:
        "Half of the transaction ids are used. Find the old transaction or slot that holds back vacuum.",
      statistic: "Maximum",
      comparison: "above",
      threshold: oldestTransactionIds,
    },
  ];
}

function lagAlarm(watched: WatchedInstance): AlarmSpec {
  return {
    ...base(watched, "lag", "ReplicaLag"),
    description: `Lists are more than ${replicaLagSeconds} s behind, or replication has stopped.`,
    statistic: "Maximum",
    comparison: "above",
    threshold: replicaLagSeconds,
    missing: "breaching", // A replica that cannot say how late it is must not serve lists.
  };
}

/** Three periods of five minutes: longer than a failover, shorter than the patience of a customer. */
function base(watched: WatchedInstance, role: string, metric: string) {
  return {
    key: `${watched.key}-${role}`,
    namespace: "AWS/RDS",
    metric,
    dimensions: { DBInstanceIdentifier: watched.identifier },
    periodSeconds: 300,
    periods: 3,
    missing: "notBreaching", // Silence is told once, by the CPU alarm.
  } as const;
}
