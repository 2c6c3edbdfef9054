import { type Plan, planProgram } from "../../../../tools/plan/index.ts";
import { Edge, type EdgeArgs } from "../index.ts";

/** Arguments of a primary region without a distribution. */
export const edgeArgs: EdgeArgs = {
  settings: {
    idleTimeoutSeconds: 60,
    deregistrationDelaySeconds: 30,
    failover: "primary",
    busyRequestsPerMinute: 6000,
  },
  removal: "retain-all",
  region: "us-east-1",
  vpcId: "vpc-1",
  subnetIds: { "use1-az2": "subnet-b", "use1-az1": "subnet-a" },
  reach: { from: "clients", cidrs: ["0.0.0.0/0"] },
  domain: "api.tasks.test",
  zoneId: "Z1",
  rest: {
    port: 8080,
    healthPort: 8081,
    healthPath: "/readyz",
    paths: ["/v1/*", "/openapi.json"],
    keepAliveSeconds: 75,
  },
  grpc: { port: 9090, services: ["tasks.v1.TaskService"] },
  probePath: "/v1/health",
  podSecurityGroupId: "sg-pods",
  podGraceSeconds: 60,
  logBucketName: "logs",
  alarmTopicArn: "arn:aws:sns:us-east-1:123456789012:page",
};

/** Changes for a distribution in front. */
export const behindDistribution: Partial<EdgeArgs> = {
  domain: "origin.api.tasks.test",
  reach: { from: "distribution", prefixListId: "pl-3b927c52", secret: "shared" },
  probePrefixListId: "pl-0123456789abcdef0",
  rest: { ...edgeArgs.rest, paths: ["/v1/*"] },
};

export type EdgeChanges = Partial<Omit<EdgeArgs, "settings">> & { settings?: Partial<EdgeArgs["settings"]> };

export function withChanges(changes: EdgeChanges): EdgeArgs {
  return { ...edgeArgs, ...changes, settings: { ...edgeArgs.settings, ...changes.settings } };
}

/** The plan of the block alone. */
export function planEdge(changes: EdgeChanges = {}): Promise<Plan> {
  return planProgram(() => {
    const { loadBalancerArn, restTargetGroupArn, grpcTargetGroupArn, trustedHops, domain } = new Edge(
      "api",
      withChanges(changes),
    );
    return { loadBalancerArn, restTargetGroupArn, grpcTargetGroupArn, trustedHops, domain };
  });
}
