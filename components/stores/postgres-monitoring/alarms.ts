import type * as pulumi from "@pulumi/pulumi";
import type { AlarmSpec } from "../../base/alarms/index.ts";
import {
  type InstanceClass,
  includedIops,
  maxConnections,
  maxSlotMiB,
  usableConnectionsPercent,
} from "../postgres-engine/index.ts";

const gibibyte = 1024 ** 3;

/** An instance with alarms. */
export interface MonitoredInstance {
  /** Part of the keys: "primary" or "replica-1". */
  readonly key: string;
  readonly identifier: pulumi.Input<string>;
  readonly role: "primary" | "replica";
  readonly instanceClass: InstanceClass;
  readonly storageGiB: number;
}

/** The API reads lists from replicas, which may lag this much, and its own writes from the primary. */
const replicaLagSeconds = 30;

/** At 2 billion PostgreSQL shuts down. Half of it leaves days for a vacuum. */
const oldestTransactionIds = 1_000_000_000;

/** An I/O request that waits 10 ms is slow on gp3. Queue length = rate × wait. */
const slowIoSeconds = 0.01;

/** All alarms of one instance. */
export function instanceAlarms(instance: MonitoredInstance): AlarmSpec[] {
  return [
    ...loadAlarms(instance),
    ...spaceAlarms(instance),
    ...(instance.role === "replica" ? [lagAlarm(instance)] : slotAlarms(instance)),
  ];
}

function loadAlarms(instance: MonitoredInstance): AlarmSpec[] {
  const limit = maxConnections(instance.instanceClass);
  return [
    {
      ...base(instance, "cpu", "CPUUtilization"),
      description:
        "CPU above 80 % for 15 minutes, or the instance is silent. Look for new statements in Database Insights.",
      statistic: "Average",
      comparison: "above",
      threshold: 80, // At 90 % the p99 latency is already above its objective.
      missing: "breaching", // The heartbeat: a database without samples is down.
    },
    {
      ...base(instance, "connections", "DatabaseConnections"),
      description: `More than ${usableConnectionsPercent} % of ${limit} connections are in use. Look for a pool that leaks or a rollout that hangs.`,
      statistic: "Maximum",
      comparison: "above",
      threshold: Math.floor((limit * usableConnectionsPercent) / 100),
    },
    {
      ...base(instance, "queue", "DiskQueueDepth"),
      description: "Reads and writes wait for the disk. Look for missing indexes, then for more IOPS.",
      statistic: "Average",
      comparison: "above",
      threshold: includedIops(instance.storageGiB) * slowIoSeconds,
    },
  ];
}

function spaceAlarms(instance: MonitoredInstance): AlarmSpec[] {
  return [
    {
      ...base(instance, "storage", "FreeStorageSpace"),
      description:
        "Less than 10 % of the first storage is free: autoscaling did not help. A full disk stops every write.",
      statistic: "Minimum",
      comparison: "below",
      threshold: instance.storageGiB * gibibyte * 0.1, // RDS grows the disk at the same threshold, if it may.
    },
    {
      ...base(instance, "memory", "FreeableMemory"),
      description: "Less than 10 % of memory is free. Connections and sorts are the usual eaters.",
      statistic: "Average",
      comparison: "below",
      threshold: instance.instanceClass.memoryGiB * gibibyte * 0.1,
    },
  ];
}

function slotAlarms(instance: MonitoredInstance): AlarmSpec[] {
  return [
    {
      ...base(instance, "slots", "OldestReplicationSlotLag"),
      description:
        "A replication slot is not read and holds back the write-ahead log. It is dropped at twice this size.",
      statistic: "Maximum",
      comparison: "above",
      threshold: (maxSlotMiB(instance.storageGiB) * 1024 ** 2) / 2,
    },
    {
      ...base(instance, "transaction-ids", "MaximumUsedTransactionIDs"),
      description:
        "Half of the transaction ids are used. Find the old transaction or slot that holds back vacuum.",
      statistic: "Maximum",
      comparison: "above",
      threshold: oldestTransactionIds,
    },
  ];
}

function lagAlarm(instance: MonitoredInstance): AlarmSpec {
  return {
    ...base(instance, "lag", "ReplicaLag"),
    description: `Lists are more than ${replicaLagSeconds} s behind, or replication has stopped.`,
    statistic: "Maximum",
    comparison: "above",
    threshold: replicaLagSeconds,
    missing: "breaching", // A replica without a known lag must not serve lists.
  };
}

/** Three periods of five minutes are longer than a failover. */
function base(instance: MonitoredInstance, role: string, metric: string) {
  return {
    key: `${instance.key}-${role}`,
    namespace: "AWS/RDS",
    metric,
    dimensions: { DBInstanceIdentifier: instance.identifier },
    periodSeconds: 300,
    periods: 3,
    missing: "notBreaching", // Only the CPU alarm reports missing data.
  } as const;
}
