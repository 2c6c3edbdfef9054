import type * as pulumi from "@pulumi/pulumi";
import type { Removal } from "../../base/core/index.ts";
import type { NetworkSettings } from "./settings.ts";

export interface NetworkArgs {
  readonly settings: NetworkSettings;
  readonly accountId: string;
  readonly region: string;
  /** Cluster whose load balancers and nodes find their subnets by tag. */
  readonly clusterName: string;
  readonly removal: Removal;
  /** Bucket that receives the flow logs. */
  readonly flowLogBucketArn: pulumi.Input<string>;
  /** Topic of the alarms when a NAT gateway runs out of ports or drops packets. */
  readonly alarmTopicArn: pulumi.Input<string>;
}
