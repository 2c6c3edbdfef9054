import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { type Problem, refuse } from "../core/index.ts";
import { type AlarmArgs, type AlarmFrame, type AlarmSpec, alarmProblems, whenAndWhom } from "./alarms.ts";

/** An alarm on what share of something goes wrong: a number of failures that is few on a busy day is many at night. */
export interface ShareAlarmSpec extends AlarmFrame, Pick<AlarmSpec, "description" | "missing"> {
  /** Counter of what goes wrong. */
  readonly part: string;
  /** Counters that together are everything, in the same namespace and under the same dimensions; one to nine. */
  readonly whole: readonly string[];
  /** Fires above it. */
  readonly abovePercent: number;
}

/**
 * Makes one alarm a spec, named as those of `createAlarms`; keys are unique over both. While the whole is zero there is
 * no share, and `missing` decides.
 *
 * @throws pulumi.ResourceError that lists every spec CloudWatch would refuse.
 */
export function createShareAlarms(
  name: string,
  specs: readonly ShareAlarmSpec[],
  args: AlarmArgs,
  parent: pulumi.Resource,
): readonly aws.cloudwatch.MetricAlarm[] {
  refuse(`alarms of "${name}"`, [...alarmProblems(specs), ...specs.flatMap(shareProblems)], parent);
  return specs.map(
    (spec) =>
      new aws.cloudwatch.MetricAlarm(`${name}-alarm-${spec.key}`, alarmInputs(spec, args), { parent }),
  );
}

/** CloudWatch takes ten metrics into an alarm; one is the part. */
const mostMetrics = 9;

function shareProblems({ key, whole, abovePercent }: ShareAlarmSpec): Problem[] {
  const problems: Problem[] = [];
  if (whole.length < 1 || whole.length > mostMetrics) {
    problems.push({
      argument: `specs[${key}].whole`,
      given: `${whole.length} metrics`,
      allowed: `1 to ${mostMetrics}`,
      fix: "name the counters that make up everything",
    });
  }
  if (!(abovePercent >= 0 && abovePercent < 100)) {
    problems.push({
      argument: `specs[${key}].abovePercent`,
      given: String(abovePercent),
      allowed: "0 or more, below 100",
      fix: "no share is above 100 percent, so the alarm would never fire",
    });
  }
  return problems;
}

function alarmInputs(spec: ShareAlarmSpec, args: AlarmArgs): aws.cloudwatch.MetricAlarmArgs {
  const { namespace, dimensions } = spec;
  const counter = (id: string, metricName: string) => ({
    id,
    metric: { namespace, metricName, dimensions, stat: "Sum", period: spec.periodSeconds },
  });
  const whole = spec.whole.map((metric, at) => counter(`whole${at}`, metric));
  return {
    metricQueries: [
      {
        id: "share",
        label: `${spec.part} in percent`,
        expression: `100 * part / (${whole.map(({ id }) => id).join(" + ")})`,
        returnData: true,
      },
      counter("part", spec.part),
      ...whole,
    ],
    comparisonOperator: "GreaterThanThreshold",
    threshold: spec.abovePercent,
    ...whenAndWhom(spec, args),
  };
}
