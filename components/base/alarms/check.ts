import { type Problem, unless } from "../core/index.ts";
import type { AlarmFrame, ShareAlarmSpec } from "./args.ts";

/** CloudWatch accepts ten metrics in one alarm, and one of them is the part. */
const mostMetrics = 9;

const hourSeconds = 3600;
const daySeconds = 86_400;
const weekSeconds = 604_800;

/** Finds alarms that CloudWatch would refuse, or accept and never evaluate. */
export function alarmProblems(specs: readonly AlarmFrame[]): Problem[] {
  const seen = new Set<string>();
  return specs.flatMap((spec) => {
    const isNew = !seen.has(spec.key);
    seen.add(spec.key);
    return [
      ...unless(isNew, {
        argument: `specs[${spec.key}].key`,
        given: `"${spec.key}" twice`,
        allowed: "one alarm per key",
        fix: "name the second alarm after the thing it watches",
      }),
      ...periodProblems(spec),
      ...windowProblems(spec),
      ...dimensionProblems(spec),
    ];
  });
}

function periodProblems({ key, periodSeconds }: AlarmFrame): Problem[] {
  const wholeMinutes = periodSeconds > 0 && periodSeconds % 60 === 0;
  return unless(wholeMinutes || periodSeconds === 10 || periodSeconds === 30, {
    argument: `specs[${key}].periodSeconds`,
    given: String(periodSeconds),
    allowed: "10, 30 or a multiple of 60",
    fix: "use 60, or 300 for metrics that come every five minutes",
  });
}

/** CloudWatch looks back one day at most, and one week if a period is an hour or longer. */
function windowProblems({ key, periodSeconds, periods }: AlarmFrame): Problem[] {
  const longestSeconds = periodSeconds >= hourSeconds ? weekSeconds : daySeconds;
  return unless(Number.isInteger(periods) && periods >= 1 && periodSeconds * periods <= longestSeconds, {
    argument: `specs[${key}].periods`,
    given: `${periods} of ${periodSeconds} s`,
    allowed: `1 or more, together at most ${longestSeconds} s`,
    fix: "shorten the window",
  });
}

/** Metrics of AWS always have dimensions; metrics of our own log filters have none. */
function dimensionProblems({ key, dimensions, namespace }: AlarmFrame): Problem[] {
  return unless(Object.keys(dimensions).length > 0 || !namespace.startsWith("AWS/"), {
    argument: `specs[${key}].dimensions`,
    given: "none",
    allowed: "the full set under which the metric is published",
    fix: "name the resource that the alarm watches",
  });
}

/** Finds share alarms that CloudWatch would refuse, or that could never fire. */
export function shareAlarmProblems(specs: readonly ShareAlarmSpec[]): Problem[] {
  return [...alarmProblems(specs), ...specs.flatMap(shareProblems)];
}

function shareProblems({ key, whole, abovePercent }: ShareAlarmSpec): Problem[] {
  return [
    ...unless(whole.length >= 1 && whole.length <= mostMetrics, {
      argument: `specs[${key}].whole`,
      given: `${whole.length} metrics`,
      allowed: `1 to ${mostMetrics}`,
      fix: "name the counters that add up to everything",
    }),
    ...unless(abovePercent >= 0 && abovePercent < 100, {
      argument: `specs[${key}].abovePercent`,
      given: String(abovePercent),
      allowed: "0 or more, below 100",
      fix: "choose a lower share: none is above 100 percent, so the alarm would never fire",
    }),
  ];
}
