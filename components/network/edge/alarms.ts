import type * as pulumi from "@pulumi/pulumi";
import type { AlarmSpec } from "../../base/alarms/index.ts";
import { certificateAlarm } from "../certificate/index.ts";
import type { EdgeSettings } from "./settings.ts";

export interface EdgeAlarmArgs {
  readonly settings: EdgeSettings;
  readonly region: string;
  /** `app/<name>/<id>`: the dimension of every metric. */
  readonly loadBalancer: pulumi.Input<string>;
  /** `targetgroup/<name>/<id>` by the key of the target group. */
  readonly targets: Readonly<Record<"rest" | "grpc", pulumi.Input<string>>>;
  readonly certificateArn: pulumi.Input<string>;
  readonly healthCheckId?: pulumi.Input<string>;
}

const namespace = "AWS/ApplicationELB";

/** All alarms of the load balancer, its names and its certificate. */
export function edgeAlarmSpecs(args: EdgeAlarmArgs): readonly AlarmSpec[] {
  return [
    ...balancerSpecs(args),
    ...targetSpecs(args, "rest"),
    ...targetSpecs(args, "grpc"),
    latencySpec(args),
    certificateAlarm(args.certificateArn),
    ...(args.healthCheckId === undefined ? [] : probeSpecs(args.region, args.healthCheckId)),
  ];
}

/** 1 % of a busy minute: at this rate the error budget of 99.9 % burns ten times too fast. */
function errorsPerMinute(settings: EdgeSettings): number {
  return Math.max(1, Math.round(settings.busyRequestsPerMinute / 100));
}

function balancerSpecs({ settings, loadBalancer }: EdgeAlarmArgs): AlarmSpec[] {
  const shared = {
    namespace,
    dimensions: { LoadBalancer: loadBalancer },
    statistic: "Sum",
    comparison: "above",
    periodSeconds: 60,
    // Load balancers publish no counter that is zero.
    missing: "notBreaching",
  } as const;
  return [
    {
      ...shared,
      key: "balancer-5xx",
      description:
        "The load balancer itself answers with 5xx: no healthy pod, or pods that close connections or answer too late.",
      metric: "HTTPCode_ELB_5XX_Count",
      threshold: errorsPerMinute(settings),
      periods: 3,
    },
    {
      ...shared,
      key: "rejected-connections",
      description:
        "The load balancer is full and turns clients away. Look for a flood; AWS can raise its capacity.",
      metric: "RejectedConnectionCount",
      threshold: 0,
      periods: 3,
    },
  ];
}

function targetSpecs(args: EdgeAlarmArgs, key: "rest" | "grpc"): AlarmSpec[] {
  const shared = {
    namespace,
    dimensions: { LoadBalancer: args.loadBalancer, TargetGroup: args.targets[key] },
    periodSeconds: 60,
  } as const;
  const empty: AlarmSpec = {
    ...shared,
    key: `no-healthy-${key}`,
    description: `No healthy pod serves ${key}: every request fails. Look at the pods and at the latest roll-out.`,
    metric: "HealthyHostCount",
    statistic: "Minimum",
    comparison: "below",
    threshold: 1,
    periods: 2,
    // A target group without any registered pod publishes no metrics.
    missing: "breaching",
  };
  return [
    {
      ...shared,
      key: `errors-${key}`,
      description: `Pods answer ${key} with 5xx. Look at their logs by correlation id, and at the latest roll-out.`,
      metric: "HTTPCode_Target_5XX_Count",
      statistic: "Sum",
      comparison: "above",
      threshold: errorsPerMinute(args.settings),
      periods: 3,
      missing: "notBreaching",
    },
    {
      ...shared,
      key: `unhealthy-${key}`,
      description: `Pods of ${key} fail their health checks. Look at their readiness: database, Kafka, memory.`,
      metric: "UnHealthyHostCount",
      statistic: "Maximum",
      comparison: "above",
      threshold: 0,
      // A pod starts or stops within a few minutes.
      periods: 5,
      missing: "notBreaching",
    },
    // A standby region runs no pods until failover.
    ...(args.settings.failover === "secondary" ? [] : [empty]),
  ];
}

/** REST only: the client decides how long a gRPC stream lasts. */
function latencySpec(args: EdgeAlarmArgs): AlarmSpec {
  return {
    key: "latency-rest",
    description:
      "One request in a hundred takes above 0.5 s, the promise of the API. Look at the database first.",
    namespace,
    metric: "TargetResponseTime",
    dimensions: { LoadBalancer: args.loadBalancer, TargetGroup: args.targets.rest },
    statistic: "p99",
    comparison: "above",
    threshold: 0.5,
    periodSeconds: 300,
    // A quarter of an hour: in a quiet minute the p99 is a single request.
    periods: 3,
    missing: "notBreaching",
  };
}

function probeSpecs(region: string, healthCheckId: pulumi.Input<string>): AlarmSpec[] {
  // Route 53 publishes metrics in us-east-1 only; an alarm elsewhere would never get data.
  if (region !== "us-east-1") return [];
  return [
    {
      key: "probe",
      description:
        "From outside the API does not answer, and clients are sent to the other region. See the recovery runbook.",
      namespace: "AWS/Route53",
      metric: "HealthCheckStatus",
      dimensions: { HealthCheckId: healthCheckId },
      statistic: "Minimum",
      comparison: "below",
      threshold: 1,
      periodSeconds: 60,
      periods: 2,
      missing: "breaching",
    },
  ];
}
