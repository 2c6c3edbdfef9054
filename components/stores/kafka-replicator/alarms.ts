import type * as pulumi from "@pulumi/pulumi";
import type { AlarmSpec } from "../../base/alarms/index.ts";

/** A quarter of the hour that may be lost (specification, section 8): time to act before the promise is broken. */
const latestMs = 15 * 60_000;

/** Clusters by the names that the service gives them in its metrics. */
export interface ReplicatorEnds {
  readonly source: pulumi.Input<string>;
  readonly target: pulumi.Input<string>;
}

/** Everything that would let the copy fall behind without anybody noticing. */
export function replicatorAlarmSpecs(replicatorName: string, ends: ReplicatorEnds): readonly AlarmSpec[] {
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
      // Without events there is nothing to be late with; a replicator that is away is seen below.
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
    { ...unreachable("source", replicatorName, ends.source), ...shared },
    { ...unreachable("target", replicatorName, ends.target), ...shared },
  ];
}

function unreachable(
  end: keyof ReplicatorEnds,
  replicatorName: string,
  alias: pulumi.Input<string>,
): Omit<AlarmSpec, "namespace" | "periodSeconds"> {
  return {
    key: `${end}-unreachable`,
    description: `${replicatorName} does not reach its ${end} cluster. Look at the way in: groups, cluster policy, role.`,
    metric: "KafkaClusterPingSuccessCount",
    dimensions: { ReplicatorName: replicatorName, ClusterAlias: alias },
    statistic: "Maximum",
    comparison: "below",
    threshold: 1,
    periods: 3,
    // A replicator that is away says nothing.
    missing: "breaching",
  };
}
