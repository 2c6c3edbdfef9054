import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { EdgeArgs } from "./args.ts";

export interface Targets {
  readonly rest: aws.lb.TargetGroup;
  readonly grpc: aws.lb.TargetGroup;
}

/** Where requests go. Pods join by a TargetGroupBinding, so the groups are empty until a workload names them. */
export function createTargets(name: string, args: EdgeArgs, parent: pulumi.Resource): Targets {
  const shared = {
    vpcId: args.vpcId,
    // Addresses of pods; nodes' ports would add a hop and hide which pod is ill.
    targetType: "ip",
    // Inside the VPC between Nitro instances, which encrypt; TLS for clients ends at the load balancer.
    protocol: "HTTP",
    deregistrationDelay: args.settings.deregistrationDelaySeconds,
    // Requests differ in length, so the pod with the fewest open ones, not the next in turn.
    loadBalancingAlgorithmType: "least_outstanding_requests",
  };
  // Out after 20 s, as soon as a rolling update may count on, and in again after 20.
  const health = {
    enabled: true,
    protocol: "HTTP",
    interval: 10,
    timeout: 5,
    healthyThreshold: 2,
    unhealthyThreshold: 2,
  };
  return {
    rest: new aws.lb.TargetGroup(
      `${name}-rest`,
      {
        ...shared,
        port: args.rest.port,
        protocolVersion: "HTTP1",
        healthCheck: {
          ...health,
          path: args.rest.healthPath,
          port: String(args.rest.healthPort),
          matcher: "200",
        },
      },
      { parent },
    ),
    grpc: new aws.lb.TargetGroup(
      `${name}-grpc`,
      {
        ...shared,
        port: args.grpc.port,
        protocolVersion: "GRPC",
        // The standard health service; 0 is gRPC's OK.
        healthCheck: { ...health, path: "/grpc.health.v1.Health/Check", port: "traffic-port", matcher: "0" },
      },
      { parent },
    ),
  };
}
