import { namespace, ports, probePaths, taskService, workloads } from "@task-platform/contracts";
import { Bucket } from "../components/base/bucket/index.ts";
import { createTargetGroupBinding } from "../components/cluster/charts/index.ts";
import { Edge, type Reach } from "../components/network/edge/index.ts";
import { Firewall } from "../components/network/firewall/index.ts";
import { createDistribution, originDomain, originSecret } from "./distribution.ts";
import type { Environment } from "./environment.ts";
import type { Platform } from "./platform.ts";
import type { Providers } from "./providers.ts";
import { apiGraceSeconds, type Deployments } from "./workloads.ts";

/** How long the API keeps an idle connection: the server side must be the one that waits longer. */
const keepAliveSeconds = 65;

/** What the load balancer sends to REST; everything else is answered with 404 by itself. */
const restPaths = ["/v1/*"];

/** Answers 2xx to everybody: the health check of Route 53 brings no token. */
const probePath = "/v1/health";

/** Load balancer, firewall and names in front of the API, and its pods behind them. */
export function createEdge(
  environment: Environment,
  platform: Platform,
  deployments: Deployments,
  providers: Providers,
): Edge {
  const { spec, config } = environment;
  const { alerts, cluster, network } = platform;
  const opts = { providers: providers.all };
  const place = { accountId: config.accountId, region: spec.region, removal: spec.removal };
  const logs = new Bucket(
    "edge-logs",
    { ...place, purpose: "load-balancer-logs", retentionDays: spec.edge.logRetentionDays },
    opts,
  );
  const edge = new Edge(
    "api",
    {
      settings: spec.edge,
      removal: spec.removal,
      region: spec.region,
      vpcId: network.vpcId,
      subnetIds: network.publicSubnetIds,
      reach: reachOf(environment),
      domain: originDomain(environment),
      zoneId: config.hostedZoneId,
      rest: {
        port: ports.http,
        healthPort: ports.admin,
        healthPath: probePaths.ready,
        paths: restPaths,
        keepAliveSeconds,
      },
      grpc: { port: ports.grpc, services: [taskService.name] },
      ...(spec.edge.failover === "primary" ? { probePath } : {}),
      ...(config.probePrefixListId ? { probePrefixListId: config.probePrefixListId } : {}),
      podSecurityGroupId: cluster.nodeSecurityGroupId,
      podGraceSeconds: apiGraceSeconds,
      logBucketName: logs.name,
      alarmTopicArn: alerts.pageTopicArn,
    },
    opts,
  );
  createFirewall(environment, platform, edge, providers);
  createDistribution(environment, platform, providers);
  bindPods(platform, deployments, edge);
  return edge;
}

function createFirewall(
  { spec, config }: Environment,
  { alerts, keys }: Platform,
  edge: Edge,
  providers: Providers,
): void {
  new Firewall(
    "api",
    {
      accountId: config.accountId,
      region: spec.region,
      removal: spec.removal,
      settings: spec.firewall,
      scope: "regional",
      client: spec.distribution === "none" ? "source-address" : "forwarded-for",
      loadBalancerArns: { api: edge.loadBalancerArn },
      ...(edge.healthCheckArn ? { healthCheckArns: { api: edge.healthCheckArn } } : {}),
      logKeyArn: keys.arns.logs,
      alarmTopicArn: alerts.ticketTopicArn,
    },
    { providers: providers.all },
  );
}

/** Everybody, or CloudFront alone. */
function reachOf({ spec, config }: Environment): Reach {
  if (spec.distribution === "none") return { from: "clients", cidrs: ["0.0.0.0/0"] };
  return {
    from: "distribution",
    prefixListId: config.originPrefixListId ?? "",
    secret: originSecret(config),
  };
}

/** The kind of a binding comes with the controller's chart, so both wait for it; the Service comes with the workload. */
function bindPods({ controllers, cluster, network }: Platform, deployments: Deployments, edge: Edge): void {
  const groups = { http: edge.restTargetGroupArn, grpc: edge.grpcTargetGroupArn };
  for (const [port, targetGroupArn] of Object.entries(groups)) {
    createTargetGroupBinding(
      `${workloads.api}-${port}`,
      { namespace, service: workloads.api, port, targetGroupArn, vpcId: network.vpcId },
      {
        provider: cluster.kubernetesProvider,
        dependsOn: [controllers.loadBalancerController, deployments.api],
      },
    );
  }
}
