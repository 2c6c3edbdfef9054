import * as pulumi from "@pulumi/pulumi";
import { expect, test } from "vitest";
import { type Plan, planProgram } from "../../../tools/plan/index.ts";
import { createShareAlarms, type ShareAlarmSpec } from "./index.ts";

const topicArn = "arn:aws:sns:us-east-1:123456789012:alarms";

const drops: ShareAlarmSpec = {
  key: "drops",
  description: "Packets are lost.",
  namespace: "AWS/NATGateway",
  dimensions: { NatGatewayId: "nat-1" },
  part: "PacketsDropCount",
  whole: ["PacketsInFromSource", "PacketsInFromDestination"],
  abovePercent: 0.01,
  periodSeconds: 300,
  periods: 3,
  missing: "notBreaching",
};

class Gateway extends pulumi.ComponentResource {
  readonly done: pulumi.Output<boolean>;

  constructor(name: string, specs: readonly ShareAlarmSpec[]) {
    super("test:alarms:Gateway", name);
    createShareAlarms(name, specs, { topicArn }, this);
    this.done = pulumi.output(true);
    this.registerOutputs();
  }
}

function planShares(...specs: readonly ShareAlarmSpec[]): Promise<Plan> {
  return planProgram(() => new Gateway("main", specs));
}

test("A share is the percentage of the whole, and the alarm evaluates nothing else", async () => {
  const plan = await planShares(drops);
  const counter = (id: string, metricName: string) => ({
    id,
    metric: {
      namespace: "AWS/NATGateway",
      metricName,
      dimensions: { NatGatewayId: "nat-1" },
      stat: "Sum",
      period: 300,
    },
  });
  expect(plan.one("aws:cloudwatch/metricAlarm:MetricAlarm", "main-alarm-drops").inputs).toEqual({
    alarmDescription: "Packets are lost.",
    metricQueries: [
      {
        id: "share",
        label: "PacketsDropCount in percent",
        expression: "100 * part / (whole0 + whole1)",
        returnData: true,
      },
      counter("part", "PacketsDropCount"),
      counter("whole0", "PacketsInFromSource"),
      counter("whole1", "PacketsInFromDestination"),
    ],
    comparisonOperator: "GreaterThanThreshold",
    threshold: 0.01,
    evaluationPeriods: 3,
    datapointsToAlarm: 3,
    treatMissingData: "notBreaching",
    alarmActions: [topicArn],
    okActions: [topicArn],
  });
});

test.each([
  [{ whole: [] }, /specs\[drops\]\.whole: got 0 metrics; allowed: 1 to 9;/],
  [{ whole: Array.from({ length: 10 }, (_, at) => `Metric${at}`) }, /specs\[drops\]\.whole: got 10 metrics;/],
  [{ abovePercent: 100 }, /specs\[drops\]\.abovePercent: got 100; allowed: 0 or more, below 100;/],
  [{ abovePercent: -1 }, /specs\[drops\]\.abovePercent: got -1;/],
  [{ abovePercent: Number.NaN }, /specs\[drops\]\.abovePercent: got NaN;/],
  [{ periodSeconds: 45 }, /specs\[drops\]\.periodSeconds: got 45;/],
  [{ dimensions: {} }, /specs\[drops\]\.dimensions: got none;/],
])("With %j nothing is created", async (change, message) => {
  await expect(planShares({ ...drops, ...change })).rejects.toThrow(message);
});
