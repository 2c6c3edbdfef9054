import { expect, test } from "vitest";
import type { NetworkSettings } from "./index.ts";
import { base, names, planNetwork, zoneIds } from "./test/network.fixture.ts";

test("every gateway, of a zone or of the region, tells when its ports run out and when it drops packets", async () => {
  const keys = { none: [], single: ["use1-az1"], "per-zone": zoneIds, regional: ["regional"] } as const;
  for (const [nat, expected] of Object.entries(keys) as [NetworkSettings["nat"], readonly string[]][]) {
    const plan = await planNetwork({ settings: { nat } });
    const wanted = expected.flatMap((key) => [`main-alarm-drops-${key}`, `main-alarm-ports-${key}`]);
    expect(names(plan, "aws:cloudwatch/metricAlarm:MetricAlarm")).toEqual(wanted.toSorted());
    for (const key of expected) {
      const gatewayName = key === "regional" ? "main-regional" : `main-nat-${key}`;
      const dimensions = { NatGatewayId: plan.one("aws:ec2/natGateway:NatGateway", gatewayName).id };
      const alarm = (kind: string) =>
        plan.one("aws:cloudwatch/metricAlarm:MetricAlarm", `main-alarm-${kind}-${key}`).inputs;
      expect(alarm("ports")).toMatchObject({
        namespace: "AWS/NATGateway",
        metricName: "ErrorPortAllocation",
        dimensions,
        statistic: "Sum",
        comparisonOperator: "GreaterThanThreshold",
        threshold: 0,
        evaluationPeriods: 1,
        alarmActions: [base.alarmTopicArn],
      });
      const counter = (metricName: string) => ({
        metric: { namespace: "AWS/NATGateway", metricName, dimensions, stat: "Sum", period: 300 },
      });
      expect(alarm("drops")).toMatchObject({
        metricQueries: [
          { expression: "100 * part / (whole0 + whole1)", returnData: true },
          { id: "part", ...counter("PacketsDropCount") },
          { id: "whole0", ...counter("PacketsInFromSource") },
          { id: "whole1", ...counter("PacketsInFromDestination") },
        ],
        threshold: 0.01,
        evaluationPeriods: 3,
        alarmActions: [base.alarmTopicArn],
      });
    }
  }
});
