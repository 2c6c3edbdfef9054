import type * as pulumi from "@pulumi/pulumi";
import type { AlarmSpec } from "../../base/alarms/index.ts";

/** A quarter of the one hour of data that may be lost (docs/requirements.md, platform), so that there is time to act. */
const latestMs = 15 * 60_000;

/** The aliases of the two clusters in the metrics of the service. */
export interface ReplicatedClusters {
  readonly source: pulumi.Input<string>;
  readonly target: pulumi.Input<string>;
}

/** Alarms on every failure that would let the copy fall behind unnoticed. */
export function replicatorAlarms(replicatorName: string, aliases: ReplicatedClusters): readonly AlarmSpec[] {
  const shared = { namespace: "AWS/Kafka", periodSeconds: 300 } as const;
  const dimensions = { ReplicatorName: replicatorName };
  return [
    {
      ...shared,
      key: "latency",
      description: `${replicatorName} copies events a quarter of an hour late. Compare the load of the source with its quota.`,
      metric: "ReplicationLatency",
      dimensions,
      statistic: "Maximum",
      comparison: "above",
      threshold: latestMs,
      periods: 3,
      // Without events there is no latency. The alarms below notice a replicator that is down.
      missing: "notBreaching",
    },
    {
      ...shared,
      key: "failures",
      description: `${replicatorName} fails. Its log group says why; the role and the topics of both clusters come first.`,
      metric: "ReplicatorFailure",
      dimensions,
      statistic: "Sum",
      comparison: "above",
      threshold: 0,
      periods: 3,
      missing: "notBreaching",
    },
    { ...unreachableAlarm("source", replicatorName, aliases.source), ...shared },
    { ...unreachableAlarm("target", replicatorName, aliases.target), ...shared },
  ];
}

function unreachableAlarm(
  cluster: keyof ReplicatedClusters,
  replicatorName: string,
  alias: pulumi.Input<string>,
): Omit<AlarmSpec, "namespace" | "periodSeconds"> {
  return {
    key: `${cluster}-unreachable`,
    description: `${replicatorName} does not reach its ${cluster} cluster. Look at the way in: groups, cluster policy, role.`,
    metric: "KafkaClusterPingSuccessCount",
    dimensions: { ReplicatorName: replicatorName, ClusterAlias: alias },
    statistic: "Maximum",
    comparison: "below",
    threshold: 1,
    periods: 3,
    // A replicator that is down publishes no samples.
    missing: "breaching",
  };
}
