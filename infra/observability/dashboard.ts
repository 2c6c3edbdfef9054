import type { Edge } from "../../components/network/edge/index.ts";
import { instanceClasses, maxConnections } from "../../components/stores/postgres-engine/index.ts";
import { Dashboard } from "../../components/watch/dashboard/index.ts";
import type { Data } from "../data/index.ts";
import { consumersOf, type Environment } from "../environment/index.ts";
import { physicalNames } from "../names.ts";
import type { Providers } from "../providers.ts";

/** The dashboard for the person on call. */
export function createDashboard(
  { spec, roles }: Environment,
  data: Data,
  edge: Edge,
  providers: Providers,
): void {
  const names = physicalNames({ spec });
  const nodes = Array.from({ length: spec.cache.replicas + 1 }, (_, at) => String(at + 1).padStart(3, "0"));
  const instanceClass = instanceClasses[spec.postgres.instanceClass];
  new Dashboard(
    "dashboard",
    {
      dashboardName: names.prefix,
      region: spec.region,
      names: {
        // CloudWatch metrics name a load balancer by the end of its ARN.
        loadBalancer: edge.loadBalancerArn.apply((arn) => arn.split(":loadbalancer/")[1] ?? arn),
        database: names.database,
        cacheNodes: nodes.map((node) => `${names.cache}-${node}`),
        kafkaCluster: data.kafka.clusterName,
        brokers: spec.kafka.brokers,
        consumerGroups: consumersOf(roles),
        maxConnections: instanceClass ? maxConnections(instanceClass) : 0,
      },
    },
    { providers: providers.all },
  );
}
