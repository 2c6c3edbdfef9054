import { expect, test } from "vitest";
import { type EdgeAlarmArgs, edgeAlarmSpecs } from "./alarms.ts";
import { edgeArgs, planEdge } from "./test/edge.fixture.ts";

const args: EdgeAlarmArgs = {
  settings: edgeArgs.settings,
  region: "us-east-1",
  loadBalancer: "app/api/1",
  targets: { rest: "targetgroup/rest/1", grpc: "targetgroup/grpc/1" },
  certificateArn: "certificate",
  healthCheckId: "check",
};

const lines = (change: Partial<EdgeAlarmArgs> = {}) =>
  edgeAlarmSpecs({ ...args, ...change }).map(
    (spec) => `${spec.key}: ${spec.statistic} ${spec.metric} ${spec.comparison} ${spec.threshold}`,
  );

test("errors, empty and unhealthy target groups, slow responses, an old certificate and a failed probe have alarms", () => {
  expect(lines()).toEqual([
    // 1 % of 6,000 requests a minute.
    "balancer-5xx: Sum HTTPCode_ELB_5XX_Count above 60",
    "rejected-connections: Sum RejectedConnectionCount above 0",
    "errors-rest: Sum HTTPCode_Target_5XX_Count above 60",
    "unhealthy-rest: Maximum UnHealthyHostCount above 0",
    "no-healthy-rest: Minimum HealthyHostCount below 1",
    "errors-grpc: Sum HTTPCode_Target_5XX_Count above 60",
    "unhealthy-grpc: Maximum UnHealthyHostCount above 0",
    "no-healthy-grpc: Minimum HealthyHostCount below 1",
    "latency-rest: p99 TargetResponseTime above 0.5",
    "certificate: Minimum DaysToExpiry below 30",
    "probe: Minimum HealthCheckStatus below 1",
  ]);
});

test("missing data is a failure only for metrics that must always exist", () => {
  expect(
    edgeAlarmSpecs(args)
      .filter((spec) => spec.missing === "breaching")
      .map((spec) => spec.key),
  ).toEqual(["no-healthy-rest", "no-healthy-grpc", "probe"]);
});

test("a standby region has no alarm for target groups without healthy pods", () => {
  const keys = lines({ settings: { ...args.settings, failover: "secondary" } });
  expect(keys.filter((line) => line.startsWith("no-healthy"))).toEqual([]);
});

test("a probe has no alarm where Route 53 publishes no metric", () => {
  expect(lines({ region: "eu-west-1" }).filter((line) => line.startsWith("probe"))).toEqual([]);
});

test("the error threshold of a quiet environment is at least one per minute", () => {
  const settings = { ...args.settings, busyRequestsPerMinute: 10 };
  expect(lines({ settings })[0]).toBe("balancer-5xx: Sum HTTPCode_ELB_5XX_Count above 1");
});

test("alarms on target metrics have both dimensions, by ARN suffix", async () => {
  const planned = await planEdge();
  const alarms = planned.all("aws:cloudwatch/metricAlarm:MetricAlarm");
  expect(alarms.length).toBe(11);
  const balancer = planned.one("aws:lb/loadBalancer:LoadBalancer").outputs.arnSuffix;
  const group = planned.one("aws:lb/targetGroup:TargetGroup", "api-grpc").outputs.arnSuffix;
  expect(String(balancer)).toMatch(/^app\//);
  expect(String(group)).toMatch(/^targetgroup\//);
  expect(alarms.find(({ name }) => name === "api-alarm-errors-grpc")?.inputs.dimensions).toEqual({
    LoadBalancer: balancer,
    TargetGroup: group,
  });
});
