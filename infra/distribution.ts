import * as pulumi from "@pulumi/pulumi";
import { taskService } from "@task-platform/contracts";
import { Bucket } from "../components/base/bucket/index.ts";
import { Distribution } from "../components/network/distribution/index.ts";
import { Firewall } from "../components/network/firewall/index.ts";
import type { StackConfig } from "./config-keys.ts";
import type { Environment } from "./environment.ts";
import type { Platform } from "./platform.ts";
import type { Providers } from "./providers.ts";

/** Name of the API, whoever answers to it. */
function apiDomain({ config }: Environment): string {
  return `api.${config.domain}`;
}

/** Name of the load balancer: the API's own, or one behind CloudFront. */
export function originDomain(environment: Environment): string {
  const api = apiDomain(environment);
  return environment.spec.distribution === "none" ? api : `origin.${api}`;
}

/** By which load balancers know CloudFront. A plan has none, because only the CLI can decrypt it. */
export function originSecret({ originSecret: secret }: StackConfig): pulumi.Output<string> {
  return pulumi.secret(secret ?? "planned");
}

/** CloudFront with its firewall, where the page has it; a secondary has none, because the name of the API is one. */
export function createDistribution(environment: Environment, platform: Platform, providers: Providers): void {
  const { spec, config } = environment;
  if (spec.distribution === "none" || spec.edge.failover === "secondary") return;
  const { alerts, keys } = platform;
  const place = { accountId: config.accountId, region: spec.region, removal: spec.removal };
  const opts = { providers: providers.all };
  const logs = new Bucket(
    "distribution-logs",
    {
      ...place,
      purpose: "flow-logs",
      keyArn: keys.arns.logs,
      retentionDays: spec.edge.logRetentionDays,
    },
    opts,
  );
  const firewall = new Firewall(
    "distribution",
    {
      ...place,
      settings: spec.firewall,
      scope: "cloudfront",
      client: "source-address",
      loadBalancerArns: {},
      logKeyArn: keys.arns.logs,
      alarmTopicArn: alerts.ticketTopicArn,
    },
    opts,
  );
  new Distribution(
    "api",
    {
      settings: spec.distribution,
      removal: spec.removal,
      region: spec.region,
      domain: apiDomain(environment),
      originDomain: originDomain(environment),
      zoneId: config.hostedZoneId,
      originSecret: originSecret(config),
      grpcServices: [taskService.name],
      webAclArn: firewall.webAclArn,
      logBucketArn: logs.arn,
      alarmTopicArn: alerts.pageTopicArn,
    },
    opts,
  );
}
