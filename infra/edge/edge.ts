import { namespace, ports, probePaths, restApi, taskService } from "@task-platform/contracts";
import { Bucket } from "../../components/base/bucket/index.ts";
import { createTargetGroupBinding } from "../../components/cluster/charts/index.ts";
import { Edge, type Reach } from "../../components/network/edge/index.ts";
import { Firewall } from "../../components/network/firewall/index.ts";
import { type Environment, featuresOf, graceSeconds } from "../environment/index.ts";
import { physicalNames } from "../names.ts";
import type { Platform } from "../platform/index.ts";
import type { Providers } from "../providers.ts";
import { api, type Deployments } from "../workloads/index.ts";
import { createDistribution, freeTextPaths, originDomain, originSecret } from "./distribution.ts";

/** Paths that the load balancer forwards to REST. It answers every other path with 404 itself. */
const restPaths = ["/v1/*"];
const docsPaths = [`${restApi.docsPath}*`, restApi.documentPath];

/** Load balancer, firewall and DNS names in front of the API, and the binding to its pods. */
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
        paths: spec.apiDocs === "on" ? [...restPaths, ...docsPaths] : restPaths,
        keepAliveSeconds: restApi.keepAliveSeconds,
      },
      grpc: { port: ports.grpc, services: [taskService.name] },
      ...(spec.edge.failover === "primary" ? { probePath: restApi.healthPath } : {}),
      ...(config.probePrefixListId ? { probePrefixListId: config.probePrefixListId } : {}),
      podSecurityGroupId: cluster.nodeSecurityGroupId,
      podGraceSeconds: graceSeconds(api),
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
      prefix: physicalNames({ spec }).prefix,
      accountId: config.accountId,
      region: spec.region,
      removal: spec.removal,
      settings: spec.firewall,
      scope: "regional",
      client: featuresOf(spec).behindDistribution ? "forwarded-for" : "source-address",
      freeTextPaths,
      loadBalancerArns: { api: edge.loadBalancerArn },
      ...(edge.healthCheckArn ? { healthCheckArns: { api: edge.healthCheckArn } } : {}),
      logKeyArn: keys.arns.logs,
      alarmTopicArn: alerts.ticketTopicArn,
    },
    { providers: providers.all },
  );
}

/** Who may reach the load balancer: every client, or only CloudFront. */
function reachOf({ spec, config }: Environment): Reach {
  if (!featuresOf(spec).behindDistribution) return { from: "clients", cidrs: ["0.0.0.0/0"] };
  return {
    from: "distribution",
    prefixListId: config.originPrefixListId ?? "",
    secret: originSecret(config),
  };
}

/** Both bindings wait for the chart of the controller, which installs their kind, and for the workload with its Service. */
function bindPods({ controllers, cluster, network }: Platform, deployments: Deployments, edge: Edge): void {
  const deployment = deployments[api.key];
  const groups = { http: edge.restTargetGroupArn, grpc: edge.grpcTargetGroupArn };
  for (const [port, targetGroupArn] of Object.entries(groups)) {
    createTargetGroupBinding(
      `${api.name}-${port}`,
      { namespace, service: api.name, port, targetGroupArn, vpcId: network.vpcId },
      {
        provider: cluster.kubernetesProvider,
        dependsOn: [controllers.loadBalancerController, ...(deployment ? [deployment] : [])],
      },
    );
  }
}
