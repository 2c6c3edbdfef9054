import type * as pulumi from "@pulumi/pulumi";
import type { AlarmSpec } from "../alarms/index.ts";

/** The only time S3 promises, for 99.9 % of the objects of a month (S3 service level agreement). */
export const copiedWithinMinutes = 15;

/** Dimension of the metrics, so a rule that is renamed is one that nobody watches. */
export const ruleId = "everything";

/** Names of the two buckets of a replication. */
export interface Ends {
  readonly source: pulumi.Input<string>;
  readonly copy: pulumi.Input<string>;
}

const shared = { namespace: "AWS/S3", periodSeconds: 300, missing: "notBreaching" } as const;

function dimensions({ source, copy }: Ends): AlarmSpec["dimensions"] {
  return { SourceBucket: source, DestinationBucket: copy, RuleId: ruleId };
}

/** For the region of the source. S3 counts nothing while nothing fails, so silence is good. */
export function failureSpec(ends: Ends): AlarmSpec {
  return {
    ...shared,
    key: "copy-failed",
    description:
      "Objects were not copied to the other region, and S3 does not try again. Look at the role and the keys, then copy them by S3 Batch Replication.",
    dimensions: dimensions(ends),
    metric: "OperationsFailedReplication",
    statistic: "Sum",
    comparison: "above",
    threshold: 0,
    periods: 1,
  };
}

/** For the region of the copy. Silence is a source that is not written to. */
export function delaySpec(ends: Ends): AlarmSpec {
  return {
    ...shared,
    key: "late",
    description:
      "The copy is further behind than its recovery point. Look at the state of S3 in both regions; objects that failed have an alarm at home.",
    dimensions: dimensions(ends),
    metric: "ReplicationLatency",
    statistic: "Maximum",
    comparison: "above",
    threshold: copiedWithinMinutes * 60,
    // Twice in a row: one large object may be late.
    periods: 2,
  };
}
