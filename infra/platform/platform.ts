import { Alerts } from "../../components/base/alerts/index.ts";
import { Bucket } from "../../components/base/bucket/index.ts";
import { Keys } from "../../components/base/keys/index.ts";
import { ClusterControllers } from "../../components/cluster/charts/index.ts";
import { Cluster } from "../../components/cluster/cluster/index.ts";
import { Network } from "../../components/network/network/index.ts";
import type { Environment } from "../environment/index.ts";
import { operatorRoleArn, physicalNames } from "../names.ts";
import { type Providers, standardTags } from "../providers.ts";
import { createTokenSource, type TokenSource } from "./token-issuer.ts";

/** Keys, alert topics, network and cluster: what stores and workloads need first. */
export interface Platform {
  readonly keys: Keys;
  readonly alerts: Alerts;
  readonly network: Network;
  readonly cluster: Cluster;
  readonly controllers: ClusterControllers;
  readonly tokens: TokenSource;
}

/** Keys, alert topics, network and cluster, in the order they need each other. */
export function createPlatform(environment: Environment, providers: Providers): Platform {
  const { spec, config } = environment;
  const names = physicalNames(environment);
  const opts = { providers: providers.all };
  const place = { accountId: config.accountId, region: spec.region, removal: spec.removal };

  const keys = new Keys("keys", { ...place, prefix: names.prefix, deletionDays: spec.keyDeletionDays }, opts);
  const alerts = new Alerts(
    "alerts",
    { keyArn: keys.arns.messages, accountId: config.accountId, emails: config.alertEmails },
    opts,
  );
  const flowLogs = new Bucket(
    "flow-logs",
    {
      ...place,
      purpose: "flow-logs",
      keyArn: keys.arns.logs,
      retentionDays: spec.network.flowLogs.retentionDays,
    },
    opts,
  );
  const network = new Network(
    "network",
    {
      ...place,
      settings: spec.network,
      clusterName: names.cluster,
      flowLogBucketArn: flowLogs.arn,
      // A ticket is enough: when requests wait for a free port of the gateway, the alarms of the API page somebody.
      alarmTopicArn: alerts.ticketTopicArn,
    },
    opts,
  );
  const cluster = new Cluster(
    "cluster",
    {
      ...place,
      settings: spec.cluster,
      clusterName: names.cluster,
      vpcId: network.vpcId,
      nodeSubnetIds: network.privateSubnetIds,
      controlPlaneSubnetIds: network.controlPlaneSubnetIds,
      secretsKeyArn: keys.arns.cluster,
      logKeyArn: keys.arns.logs,
      alarmTopicArn: alerts.ticketTopicArn,
      diskKeyArn: keys.arns.disks,
      operatorCidrs: config.operatorCidrs,
      apiServerCallers: config.apiServerCallers ?? [],
      administrators: administratorsOf(environment),
      tags: standardTags(environment),
    },
    opts,
  );
  const controllers = createClusterControllers(environment, network, cluster, providers);
  const tokens = createTokenSource(environment, providers, keys.arns.logs);
  return { keys, alerts, network, cluster, controllers, tokens };
}

/** Whoever creates a cluster is not its administrator, so the role of the first deploy is in the list. */
function administratorsOf({ config }: Environment): Readonly<Record<string, string>> {
  return {
    operator: operatorRoleArn(config.accountId),
    deploy: config.deployRoleArn,
    "break-glass": config.breakGlassRoleArn,
  };
}

function createClusterControllers(
  { spec, config }: Environment,
  network: Network,
  cluster: Cluster,
  providers: Providers,
): ClusterControllers {
  return new ClusterControllers(
    "addons",
    {
      accountId: config.accountId,
      region: spec.region,
      clusterName: cluster.clusterName,
      clusterLabel: physicalNames({ spec }).cluster,
      clusterArn: cluster.clusterArn,
      kubernetesVersion: spec.cluster.version,
      vpcId: network.vpcId,
      kubernetesProvider: cluster.kubernetesProvider,
      waitFor: [...cluster.podIdentityReady, ...cluster.nodesReady],
    },
    { providers: providers.all },
  );
}
