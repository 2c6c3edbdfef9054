import { type Plan, planProgram } from "../../../../tools/plan/index.ts";
import { Distribution, type DistributionArgs, Edge, type EdgeArgs } from "../index.ts";

/** Arguments of a primary that clients reach themselves. */
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

/** What a distribution in front changes. */
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

/** The block alone, planned. */
export function planEdge(changes: EdgeChanges = {}): Promise<Plan> {
  return planProgram(() => {
    const { loadBalancerArn, restTargetGroupArn, grpcTargetGroupArn, trustedHops, domain } = new Edge(
      "api",
      withChanges(changes),
    );
    return { loadBalancerArn, restTargetGroupArn, grpcTargetGroupArn, trustedHops, domain };
  });
}

/** Arguments of a distribution that fit. */
export const distributionArgs: DistributionArgs = {
  settings: { places: "world", shield: "standard", mode: "block" },
  removal: "retain-all",
  region: "us-east-1",
  domain: "api.tasks.test",
  originDomain: "origin.api.tasks.test",
  zoneId: "Z1",
  originSecret: "shared",
  grpcServices: ["tasks.v1.TaskService"],
  webAclArn: "arn:aws:wafv2:us-east-1:123456789012:global/webacl/api/1",
  logBucketArn: "arn:aws:s3:::logs",
  alarmTopicArn: "arn:aws:sns:us-east-1:123456789012:page",
};

/** The distribution alone, planned. */
export function planDistribution(changes: Partial<DistributionArgs> = {}): Promise<Plan> {
  return planProgram(() => {
    const { distributionArn, distributionId } = new Distribution("api", { ...distributionArgs, ...changes });
    return { distributionArn, distributionId };
  });
}
