import { expect, test } from "vitest";
import type { NetworkSettings } from "./index.ts";
import { base, names, planNetwork, zoneIds } from "./test/network.fixture.ts";

test("every gateway, zonal or regional, has an alarm for exhausted ports and one for dropped packets", async () => {
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

test("addresses are returned in the order of zone ids, whatever the order of the settings, and none for a regional gateway", async () => {
  const { zones } = base.settings;
  const addresses = async (settings: Partial<NetworkSettings>) =>
    (await planNetwork({ settings })).outputs.natAddresses;
  const plan = await planNetwork();
  const ours = zoneIds.map((zone) => plan.one("aws:ec2/eip:Eip", `main-nat-${zone}`).outputs.publicIp);
  expect(new Set(ours).size).toBe(3);
  expect(plan.outputs.natAddresses).toEqual(ours);
  expect(await addresses({ zones: zones.toReversed() })).toEqual(ours);
  expect(await addresses({ nat: "single" })).toEqual(ours.slice(0, 1));
  expect(await addresses({ nat: "regional" })).toEqual([]);
  expect(await addresses({ nat: "none" })).toEqual([]);
});
