import type * as pulumi from "@pulumi/pulumi";
import type { AlarmSpec } from "../alarms/index.ts";

/** The only time that S3 promises, for 99.9 % of the objects of a month (S3 service level agreement). */
export const copiedWithinMinutes = 15;

/** A dimension of the metrics. If the rule is renamed, the alarms must be renamed with it. */
export const ruleId = "everything";

/** Names of the source and the copy of a replication. */
export interface ReplicatedBuckets {
  readonly source: pulumi.Input<string>;
  readonly copy: pulumi.Input<string>;
}

const shared = { namespace: "AWS/S3", periodSeconds: 300, missing: "notBreaching" } as const;

function dimensions({ source, copy }: ReplicatedBuckets): AlarmSpec["dimensions"] {
  return { SourceBucket: source, DestinationBucket: copy, RuleId: ruleId };
}

/** For the region of the source. S3 publishes no samples while nothing fails, so missing data is good. */
export function failureAlarm(buckets: ReplicatedBuckets): AlarmSpec {
  return {
    ...shared,
    key: "copy-failed",
    description:
      "Objects were not copied to the other region, and S3 does not try again. Look at the role and the keys, then copy them by S3 Batch Replication.",
    dimensions: dimensions(buckets),
    metric: "OperationsFailedReplication",
    statistic: "Sum",
    comparison: "above",
    threshold: 0,
    periods: 1,
  };
}

/** For the region of the copy. Missing data means that nobody writes to the source. */
export function delayAlarm(buckets: ReplicatedBuckets): AlarmSpec {
  return {
    ...shared,
    key: "late",
    description:
      "The copy is further behind than its recovery point. Look at the state of S3 in both regions; objects that failed have an alarm at home.",
    dimensions: dimensions(buckets),
    metric: "ReplicationLatency",
    statistic: "Maximum",
    comparison: "above",
    threshold: copiedWithinMinutes * 60,
    // Two consecutive periods: one large object may be late.
    periods: 2,
  };
}
