import type * as pulumi from "@pulumi/pulumi";
import type { Removal } from "../../base/core/index.ts";
import type { DistributionSettings } from "./settings.ts";

export interface DistributionArgs {
  readonly settings: DistributionSettings;
  readonly removal: Removal;
  /** Region of the block's provider: CloudFront finds its certificates, logs and alarms in us-east-1 only. */
  readonly region: string;
  /** Name of the API. Only one distribution in the world can have it, so the recovery region makes none. */
  readonly domain: string;
  /** Name of the load balancers. Failover between the regions changes the records of this name. */
  readonly originDomain: string;
  readonly zoneId: pulumi.Input<string>;
  /** The same value as `reach.secret` of every edge that has the name `originDomain`. */
  readonly originSecret: pulumi.Input<string>;
  readonly grpcServices: readonly string[];
  /** A firewall of scope `cloudfront`. */
  readonly webAclArn: pulumi.Input<string>;
  /** Bucket whose policy allows log delivery of us-east-1 to write. */
  readonly logBucketArn: pulumi.Input<string>;
  readonly alarmTopicArn: pulumi.Input<string>;
}
