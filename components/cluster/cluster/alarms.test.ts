import { expect, test } from "vitest";
import { auditAlarms } from "./alarms.ts";
import { planCluster } from "./test/plan-cluster.ts";

test("shells in pods, anonymous callers and bursts of refusals each have a metric filter and an alarm", async () => {
  const plan = await planCluster();
  const group = plan.one("aws:cloudwatch/logGroup:LogGroup", "main-control-plane");
  for (const { key, pattern, threshold } of auditAlarms) {
    expect(plan.one("aws:cloudwatch/logMetricFilter:LogMetricFilter", `main-${key}`).inputs).toMatchObject({
      logGroupName: group.outputs.name,
      pattern,
      metricTransformation: { name: `task-test-${key}`, namespace: "TaskPlatform/Cluster" },
    });
    expect(plan.one("aws:cloudwatch/metricAlarm:MetricAlarm", `main-alarm-${key}`).inputs).toMatchObject({
      metricName: `task-test-${key}`,
      namespace: "TaskPlatform/Cluster",
      statistic: "Sum",
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      threshold,
      period: 300,
      alarmActions: ["topic"],
    });
  }
  expect(auditAlarms.map(({ key, threshold }) => [key, threshold])).toEqual([
    ["audit-anonymous", 5],
    ["audit-forbidden", 50],
    ["audit-exec", 1],
  ]);
});

test("health checks by anonymous callers are not counted", () => {
  const { pattern = "" } = auditAlarms.find(({ key }) => key === "audit-anonymous") ?? {};
  for (const path of ["/healthz*", "/livez*", "/readyz*"])
    expect(pattern).toContain(`$.requestURI != "${path}"`);
});
