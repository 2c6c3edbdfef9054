import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { EdgeArgs } from "./args.ts";

export interface Targets {
  readonly rest: aws.lb.TargetGroup;
  readonly grpc: aws.lb.TargetGroup;
}

/** Target groups of the API. A TargetGroupBinding registers the pods, so they are empty until a workload has one. */
export function createTargets(name: string, args: EdgeArgs, parent: pulumi.Resource): Targets {
  const shared = {
    vpcId: args.vpcId,
    // Addresses of pods: node ports would add a hop and hide the faulty pod.
    targetType: "ip",
    // TLS of clients ends at the load balancer. Inside the VPC the traffic is between Nitro instances, which encrypt it.
    protocol: "HTTP",
    deregistrationDelay: args.settings.deregistrationDelaySeconds,
    // Requests differ in length, so the pod with the fewest open requests gets the next one.
    loadBalancingAlgorithmType: "least_outstanding_requests",
  };
  // A failing pod is out of service after 20 s and back 20 s after it recovers; rolling updates rely on this.
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
        // The standard health service. Status 0 is OK in gRPC.
        healthCheck: { ...health, path: "/grpc.health.v1.Health/Check", port: "traffic-port", matcher: "0" },
      },
      { parent },
    ),
  };
}
