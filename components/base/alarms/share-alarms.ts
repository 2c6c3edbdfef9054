import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { refuse } from "../core/index.ts";
import { evaluationInputs } from "./alarms.ts";
import type { AlarmArgs, ShareAlarmSpec } from "./args.ts";
import { shareAlarmProblems } from "./check.ts";

/**
 * Creates one alarm per spec, named like those of `createAlarms`; keys are unique over both. While the whole is zero
 * there is no share, and `missing` decides.
 *
 * @throws pulumi.ResourceError that lists every spec that CloudWatch would refuse.
 */
export function createShareAlarms(
  name: string,
  specs: readonly ShareAlarmSpec[],
  args: AlarmArgs,
  parent: pulumi.Resource,
): readonly aws.cloudwatch.MetricAlarm[] {
  refuse(`alarms of "${name}"`, shareAlarmProblems(specs), parent);
  return specs.map(
    (spec) =>
      new aws.cloudwatch.MetricAlarm(`${name}-alarm-${spec.key}`, alarmInputs(spec, args), { parent }),
  );
}

function alarmInputs(spec: ShareAlarmSpec, args: AlarmArgs): aws.cloudwatch.MetricAlarmArgs {
  const { namespace, dimensions } = spec;
  const counter = (id: string, metricName: string) => ({
    id,
    metric: { namespace, metricName, dimensions, stat: "Sum", period: spec.periodSeconds },
  });
  const whole = spec.whole.map((metric, position) => counter(`whole${position}`, metric));
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
    ...evaluationInputs(spec, args),
  };
}
