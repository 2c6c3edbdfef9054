import { namespace, probePaths } from "@task-platform/contracts";
import { charts } from "../../components/cluster/charts/index.ts";
import { externalSecretsMetrics } from "../../components/cluster/external-secrets/index.ts";
import { alertedServices, Metrics } from "../../components/watch/metrics/index.ts";
import { type Environment, featuresOf, stoppedRoles } from "../environment/index.ts";
import type { Platform } from "../platform/index.ts";
import type { Providers } from "../providers.ts";

/** Managed Prometheus with its scraper, recording rules and alerts. */
export function createMetrics(
  { spec, config, roles }: Environment,
  platform: Platform,
  providers: Providers,
): void {
  const withSecrets = featuresOf(spec).secrets !== undefined;
  new Metrics(
    "metrics",
    {
      settings: spec.operations.metrics,
      environment: spec.name,
      accountId: config.accountId,
      region: spec.region,
      removal: spec.removal,
      dataKeyArn: platform.keys.arns.data,
      logKeyArn: platform.keys.arns.logs,
      pageTopicArn: platform.alerts.pageTopicArn,
      ticketTopicArn: platform.alerts.ticketTopicArn,
      clusterArn: platform.cluster.clusterArn,
      clusterSecurityGroupId: platform.cluster.clusterSecurityGroupId,
      subnetIds: platform.network.privateSubnetIds,
      targets: [
        { job: "workloads", namespace, port: "admin", path: probePaths.metrics },
        ...(withSecrets ? [{ job: "controllers", ...externalSecretsMetrics }] : []),
      ],
      stopped: [
        // A role without an alert has none to silence.
        ...stoppedRoles(spec, roles)
          .map(({ name }) => name)
          .filter((name) => alertedServices.includes(name)),
        ...(withSecrets ? [] : [charts.externalSecrets.serviceAccount]),
      ],
    },
    { providers: providers.all },
  );
}
