import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { type Problem, refuse } from "../core/index.ts";

export type AlarmStatistic = "Average" | "Maximum" | "Minimum" | "Sum" | "p99";

/** How the statistic must stand to the threshold for the alarm to fire. */
export type AlarmComparison = "above" | "below" | "at-least" | "at-most";

/** One alarm on one CloudWatch metric, as plain data so that a block can test its set without the engine. */
export interface AlarmSpec {
  /** Stable key, unique in its block; part of the logical name. */
  readonly key: string;
  /** What is wrong and what to do first; the person on call reads this and nothing else. */
  readonly description: string;
  /** Such as "AWS/RDS". */
  readonly namespace: string;
  readonly metric: string;
  /** Must be the full set CloudWatch publishes under; an alarm on half a set never sees a sample. */
  readonly dimensions: Readonly<Record<string, pulumi.Input<string>>>;
  readonly statistic: AlarmStatistic;
  readonly comparison: AlarmComparison;
  readonly threshold: number;
  /** 10, 30 or a multiple of 60. */
  readonly periodSeconds: number;
  /** Periods in a row that must be over the threshold. */
  readonly periods: number;
  /** What silence means. Never defaulted: AWS's own default ("missing") hides a dead exporter. */
  readonly missing: "breaching" | "notBreaching" | "missing" | "ignore";
}

export interface AlarmArgs {
  /** Topic that hears of the alarm and of its end. */
  readonly topicArn: pulumi.Input<string>;
}

/**
 * Makes one alarm a spec, as children of the block that owns the store: `<name>-alarm-<key>`.
 *
 * @throws pulumi.ResourceError that lists every spec CloudWatch would refuse.
 */
export function createAlarms(
  name: string,
  specs: readonly AlarmSpec[],
  args: AlarmArgs,
  parent: pulumi.Resource,
): readonly aws.cloudwatch.MetricAlarm[] {
  refuse(`alarms of "${name}"`, alarmProblems(specs), parent);
  return specs.map(
    (spec) =>
      new aws.cloudwatch.MetricAlarm(`${name}-alarm-${spec.key}`, alarmInputs(spec, args), { parent }),
  );
}

/** The part of a spec that CloudWatch may refuse, whatever the alarm is on. */
export type AlarmFrame = Pick<AlarmSpec, "key" | "namespace" | "dimensions" | "periodSeconds" | "periods">;

/** What CloudWatch would refuse, or accept and never evaluate. */
export function alarmProblems(specs: readonly AlarmFrame[]): Problem[] {
  const seen = new Set<string>();
  return specs.flatMap((spec) => {
    const repeated = seen.has(spec.key);
    seen.add(spec.key);
    return [...(repeated ? [repeatedKey(spec)] : []), ...windowProblems(spec), ...dimensionProblems(spec)];
  });
}

function repeatedKey(spec: AlarmFrame): Problem {
  return {
    argument: `specs[${spec.key}].key`,
    given: `"${spec.key}" twice`,
    allowed: "one alarm a key",
    fix: "name the second one for what it watches",
  };
}

function windowProblems(spec: AlarmFrame): Problem[] {
  const problems: Problem[] = [];
  const evenPeriod = spec.periodSeconds > 0 && spec.periodSeconds % 60 === 0;
  if (!evenPeriod && spec.periodSeconds !== 10 && spec.periodSeconds !== 30) {
    problems.push({
      argument: `specs[${spec.key}].periodSeconds`,
      given: String(spec.periodSeconds),
      allowed: "10, 30 or a multiple of 60",
      fix: "use 60, or 300 for metrics that come every five minutes",
    });
  }
  // CloudWatch refuses to look further back than a day, and a week for periods of an hour and more.
  const windowSeconds = spec.periodSeconds * spec.periods;
  const longestSeconds = spec.periodSeconds >= 3600 ? 604_800 : 86_400;
  if (!Number.isInteger(spec.periods) || spec.periods < 1 || windowSeconds > longestSeconds) {
    problems.push({
      argument: `specs[${spec.key}].periods`,
      given: `${spec.periods} of ${spec.periodSeconds} s`,
      allowed: `1 or more, together at most ${longestSeconds} s`,
      fix: "shorten the window",
    });
  }
  return problems;
}

function dimensionProblems(spec: AlarmFrame): Problem[] {
  // Metrics of our own log filters have no dimensions; those of AWS always do.
  if (Object.keys(spec.dimensions).length > 0 || !spec.namespace.startsWith("AWS/")) return [];
  return [
    {
      argument: `specs[${spec.key}].dimensions`,
      given: "none",
      allowed: "the full set the metric is published under",
      fix: "name the resource the alarm watches",
    },
  ];
}

const operators: Readonly<Record<AlarmComparison, string>> = {
  above: "GreaterThanThreshold",
  below: "LessThanThreshold",
  "at-least": "GreaterThanOrEqualToThreshold",
  "at-most": "LessThanOrEqualToThreshold",
};

function alarmInputs(spec: AlarmSpec, args: AlarmArgs): aws.cloudwatch.MetricAlarmArgs {
  return {
    namespace: spec.namespace,
    metricName: spec.metric,
    dimensions: spec.dimensions,
    // A percentile goes in a field of its own; the two exclude each other.
    ...(spec.statistic === "p99" ? { extendedStatistic: "p99" } : { statistic: spec.statistic }),
    comparisonOperator: operators[spec.comparison],
    threshold: spec.threshold,
    period: spec.periodSeconds,
    ...whenAndWhom(spec, args),
  };
}

/** How long it must hold, and who is told. */
export function whenAndWhom(spec: Pick<AlarmSpec, "description" | "periods" | "missing">, args: AlarmArgs) {
  return {
    alarmDescription: spec.description,
    evaluationPeriods: spec.periods,
    datapointsToAlarm: spec.periods,
    treatMissingData: spec.missing,
    alarmActions: [args.topicArn],
    // The end is told too: an alarm nobody sees end is one nobody trusts.
    okActions: [args.topicArn],
  };
}
