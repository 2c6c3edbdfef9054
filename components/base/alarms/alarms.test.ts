import type { Output } from "@pulumi/pulumi";
import * as pulumi from "@pulumi/pulumi";
import { expect, test } from "vitest";
import { planProgram } from "../../../tools/plan/index.ts";
import { createAlarms } from "./alarms.ts";
import type { AlarmSpec } from "./args.ts";
import { alarmProblems } from "./check.ts";

const topicArn = "arn:aws:sns:us-east-1:123456789012:alarms";

const highCpu: AlarmSpec = {
  key: "cpu",
  description: "The processor is busy.",
  namespace: "AWS/RDS",
  metric: "CPUUtilization",
  dimensions: { DBInstanceIdentifier: "task-test" },
  statistic: "Average",
  comparison: "above",
  threshold: 80,
  periodSeconds: 300,
  periods: 3,
  missing: "breaching",
};

class Store extends pulumi.ComponentResource {
  readonly done: Output<boolean>;

  constructor(name: string, specs: readonly AlarmSpec[]) {
    super("test:alarms:Store", name);
    createAlarms(name, specs, { topicArn }, this);
    this.done = pulumi.output(true);
    this.registerOutputs();
  }
}

test("An alarm sends its start and its end to the topic, and defines what missing data means", async () => {
  const plan = await planProgram(() => new Store("main", [highCpu]));
  const alarm = plan.one("aws:cloudwatch/metricAlarm:MetricAlarm");
  expect(alarm.name).toBe("main-alarm-cpu");
  expect(alarm.parent).toBe(plan.one("test:alarms:Store").urn);
  expect(alarm.inputs).toEqual({
    alarmDescription: "The processor is busy.",
    namespace: "AWS/RDS",
    metricName: "CPUUtilization",
    dimensions: { DBInstanceIdentifier: "task-test" },
    statistic: "Average",
    comparisonOperator: "GreaterThanThreshold",
    threshold: 80,
    period: 300,
    evaluationPeriods: 3,
    datapointsToAlarm: 3,
    treatMissingData: "breaching",
    alarmActions: [topicArn],
    okActions: [topicArn],
  });
});

test("Each comparison has its operator, and a percentile has its own field", async () => {
  const specs: AlarmSpec[] = [
    { ...highCpu, key: "above" },
    { ...highCpu, key: "below", comparison: "below" },
    { ...highCpu, key: "at-least", comparison: "at-least" },
    { ...highCpu, key: "at-most", comparison: "at-most", statistic: "p99" },
  ];
  const plan = await planProgram(() => new Store("main", specs));
  const made = plan
    .all("aws:cloudwatch/metricAlarm:MetricAlarm")
    .map((alarm) => [
      alarm.name,
      alarm.inputs.comparisonOperator,
      alarm.inputs.statistic,
      alarm.inputs.extendedStatistic,
    ]);
  expect(made.toSorted()).toEqual([
    ["main-alarm-above", "GreaterThanThreshold", "Average", undefined],
    ["main-alarm-at-least", "GreaterThanOrEqualToThreshold", "Average", undefined],
    ["main-alarm-at-most", "LessThanOrEqualToThreshold", undefined, "p99"],
    ["main-alarm-below", "LessThanThreshold", "Average", undefined],
  ]);
});

test("A repeated key, an odd period, a window over one day and missing dimensions are all refused", () => {
  const problems = alarmProblems([
    highCpu,
    { ...highCpu, periodSeconds: 45 },
    { ...highCpu, key: "long", periods: 289 },
    { ...highCpu, key: "none", periods: 0 },
    { ...highCpu, key: "blind", dimensions: {} },
    { ...highCpu, key: "fast", periodSeconds: 10 },
    { ...highCpu, key: "weekly", periodSeconds: 3600, periods: 168 },
  ]);
  expect(problems.map((problem) => [problem.argument, problem.given])).toEqual([
    ["specs[cpu].key", '"cpu" twice'],
    ["specs[cpu].periodSeconds", "45"],
    ["specs[long].periods", "289 of 300 s"],
    ["specs[none].periods", "0 of 300 s"],
    ["specs[blind].dimensions", "none"],
  ]);
});

test("A set with a problem creates no alarm at all", async () => {
  const twice = planProgram(() => new Store("main", [highCpu, highCpu]));
  await expect(twice).rejects.toThrow(/alarms of "main": 1 problem, nothing was created\./);
});
