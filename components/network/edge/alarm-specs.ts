import type * as pulumi from "@pulumi/pulumi";
import type { AlarmSpec } from "../../base/alarms/index.ts";
import type { EdgeSettings } from "./settings.ts";

export interface EdgeAlarmArgs {
  readonly settings: EdgeSettings;
  readonly region: string;
  /** `app/<name>/<id>`, the dimension of every metric. */
  readonly loadBalancer: pulumi.Input<string>;
  /** `targetgroup/<name>/<id>` by the key of the group. */
  readonly targets: Readonly<Record<"rest" | "grpc", pulumi.Input<string>>>;
  readonly certificateArn: pulumi.Input<string>;
  readonly healthCheckId?: pulumi.Input<string>;
}

const namespace = "AWS/ApplicationELB";

/** Everything at the entrance that should wake somebody. */
export function edgeAlarmSpecs(args: EdgeAlarmArgs): readonly AlarmSpec[] {
  return [
    ...balancerSpecs(args),
    ...targetSpecs(args, "rest"),
    ...targetSpecs(args, "grpc"),
    latencySpec(args),
    certificateSpec(args.certificateArn),
    ...(args.healthCheckId === undefined ? [] : probeSpecs(args.region, args.healthCheckId)),
  ];
}

/** 1 % of a busy minute: where the promise of 99.9 % is lost ten times as fast as it may be. */
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
    // Counters that are zero are not published.
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
    // A group that no pod ever joined says nothing at all.
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
      // A pod that starts or leaves is through in a few minutes.
      periods: 5,
      missing: "notBreaching",
    },
    // A standby runs no pods until it takes over.
    ...(args.settings.failover === "secondary" ? [] : [empty]),
  ];
}

/** REST only: the time of a gRPC stream is as long as its client likes. */
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
    // A quarter of an hour: a p99 of a quiet minute is one request.
    periods: 3,
    missing: "notBreaching",
  };
}

/** For the block and for the distribution alike. */
export function certificateSpec(certificateArn: pulumi.Input<string>): AlarmSpec {
  return {
    key: "certificate",
    description:
      "The certificate ends within 30 days and was not renewed. Look for its validation records in the zone.",
    namespace: "AWS/CertificateManager",
    metric: "DaysToExpiry",
    dimensions: { CertificateArn: certificateArn },
    statistic: "Minimum",
    comparison: "below",
    // ACM renews 45 days ahead or more; at 30 it has failed for two weeks.
    threshold: 30,
    periodSeconds: 86_400,
    periods: 1,
    missing: "notBreaching",
  };
}

function probeSpecs(region: string, healthCheckId: pulumi.Input<string>): AlarmSpec[] {
  // Route 53 publishes in us-east-1 only; an alarm elsewhere would never see a sample.
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
