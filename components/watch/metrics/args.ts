import type * as pulumi from "@pulumi/pulumi";
import type { Removal } from "../../base/core/index.ts";
import type { ScrapeTarget } from "./scrape.ts";
import type { MetricsSettings } from "./settings.ts";

export interface MetricsArgs {
  readonly settings: MetricsSettings;
  readonly environment: string;
  readonly accountId: string;
  readonly region: string;
  readonly removal: Removal;
  readonly dataKeyArn: pulumi.Input<string>;
  readonly logKeyArn: pulumi.Input<string>;
  readonly pageTopicArn: pulumi.Input<string>;
  readonly ticketTopicArn: pulumi.Input<string>;
  readonly clusterArn: pulumi.Input<string>;
  /** The group that EKS makes for the cluster: its members reach each other, so the collector reaches pods and API server. */
  readonly clusterSecurityGroupId: pulumi.Input<string>;
  /** Subnets of the collector by zone id, two or more. */
  readonly subnetIds: Readonly<Record<string, pulumi.Input<string>>>;
  readonly targets: readonly ScrapeTarget[];
  /** Workloads and controllers without pods in this environment, by the service name in their alerts. */
  readonly stopped: readonly string[];
}
