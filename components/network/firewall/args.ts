import type * as pulumi from "@pulumi/pulumi";
import type { Removal } from "../../base/core/index.ts";
import type { FirewallScope, FirewallSettings } from "./settings.ts";

export interface FirewallArgs {
  /**
   * Begins every metric name and the name of the log policy, such as "task-prod". Both are one space per account and
   * region: with equal names, the alarm of one environment counts the requests of another.
   */
  readonly prefix: string;
  readonly settings: FirewallSettings;
  /** `cloudfront` needs a provider of us-east-1 on the block. */
  readonly scope: FirewallScope;
  /**
   * How the rate rule identifies a client. Use `forwarded-for` only for a load balancer behind a distribution. There the
   * source address is always CloudFront's, and the client can write the first address of the header, so the effective
   * limit is that of the distribution's own firewall.
   */
  readonly client: "source-address" | "forwarded-for";
  readonly accountId: string;
  readonly region: string;
  readonly removal: Removal;
  /**
   * Collections of the API whose bodies hold what people write, such as "/v1/tasks": there the rules that look for code in
   * bodies only count.
   */
  readonly freeTextPaths: readonly [string, ...string[]];
  /** Protected load balancers by a stable key. None for `cloudfront`: the distribution itself refers to the web ACL. */
  readonly loadBalancerArns: Readonly<Record<string, pulumi.Input<string>>>;
  /** Route 53 health checks by the key of their load balancer, for Shield Advanced. @default none */
  readonly healthCheckArns?: Readonly<Record<string, pulumi.Input<string>>>;
  readonly logKeyArn: pulumi.Input<string>;
  readonly alarmTopicArn: pulumi.Input<string>;
}
