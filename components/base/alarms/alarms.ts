import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { refuse } from "../core/index.ts";
import type { AlarmArgs, AlarmComparison, AlarmSpec } from "./args.ts";
import { alarmProblems } from "./check.ts";

/**
 * Creates one alarm per spec, as children of the block that owns the store: `<name>-alarm-<key>`.
 *
 * @throws pulumi.ResourceError that lists every spec that CloudWatch would refuse.
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
    // A percentile has its own field; the two fields exclude each other.
    ...(spec.statistic === "p99" ? { extendedStatistic: "p99" } : { statistic: spec.statistic }),
    comparisonOperator: operators[spec.comparison],
    threshold: spec.threshold,
    period: spec.periodSeconds,
    ...evaluationInputs(spec, args),
  };
}

/** How long the breach must last, and who gets the message. */
export function evaluationInputs(
  spec: Pick<AlarmSpec, "description" | "periods" | "missing">,
  args: AlarmArgs,
) {
  return {
    alarmDescription: spec.description,
    evaluationPeriods: spec.periods,
    datapointsToAlarm: spec.periods,
    treatMissingData: spec.missing,
    alarmActions: [args.topicArn],
    // Also send the end of an alarm: people stop trusting alarms that never end.
    okActions: [args.topicArn],
  };
}
