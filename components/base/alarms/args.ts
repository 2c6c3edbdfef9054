import type * as pulumi from "@pulumi/pulumi";

type AlarmStatistic = "Average" | "Maximum" | "Minimum" | "Sum" | "p99";

/** How the statistic compares with the threshold when the alarm fires. */
export type AlarmComparison = "above" | "below" | "at-least" | "at-most";

/** One alarm on one CloudWatch metric, as plain data so that a block can test its set without the engine. */
export interface AlarmSpec {
  /** Stable key, unique in its block; part of the logical name. */
  readonly key: string;
  /** What is wrong and what to do first. The person on call reads only this. */
  readonly description: string;
  /** Such as "AWS/RDS". */
  readonly namespace: string;
  readonly metric: string;
  /** The full set under which CloudWatch publishes the metric. An alarm on a part of the set never sees a sample. */
  readonly dimensions: Readonly<Record<string, pulumi.Input<string>>>;
  readonly statistic: AlarmStatistic;
  readonly comparison: AlarmComparison;
  readonly threshold: number;
  /** 10, 30 or a multiple of 60. */
  readonly periodSeconds: number;
  /** Consecutive periods that must breach the threshold. */
  readonly periods: number;
  /** What missing data means. It has no default, because the default of AWS ("missing") hides a dead exporter. */
  readonly missing: "breaching" | "notBreaching" | "missing" | "ignore";
}

/** An alarm on the share that goes wrong: few failures on a busy day are many failures at night. */
export interface ShareAlarmSpec extends AlarmFrame, Pick<AlarmSpec, "description" | "missing"> {
  /** Counter of what goes wrong. */
  readonly part: string;
  /** One to nine counters that add up to everything, in the same namespace and with the same dimensions. */
  readonly whole: readonly string[];
  /** The alarm fires above this share. */
  readonly abovePercent: number;
}

/** The part of a spec that both kinds of alarm have, and that CloudWatch may refuse. */
export type AlarmFrame = Pick<AlarmSpec, "key" | "namespace" | "dimensions" | "periodSeconds" | "periods">;

export interface AlarmArgs {
  /** Topic that gets a message when the alarm fires and when it ends. */
  readonly topicArn: pulumi.Input<string>;
}
