import * as pulumi from "@pulumi/pulumi";
import { restApi, taskService } from "@task-platform/contracts";
import { Bucket } from "../../components/base/bucket/index.ts";
import { Distribution } from "../../components/network/distribution/index.ts";
import { Firewall } from "../../components/network/firewall/index.ts";
import { type Environment, featuresOf, type StackConfig } from "../environment/index.ts";
import { physicalNames } from "../names.ts";
import type { Platform } from "../platform/index.ts";
import type { Providers } from "../providers.ts";

/** Public name of the API. */
function apiDomain({ config }: Environment): string {
  return `api.${config.domain}`;
}

/** Name of the load balancer: the public name of the API, or an origin name behind CloudFront. */
export function originDomain(environment: Environment): string {
  const api = apiDomain(environment);
  return featuresOf(environment.spec).behindDistribution ? `origin.${api}` : api;
}

/** Titles and descriptions of tasks, by both interfaces. */
export const freeTextPaths = [restApi.tasksPath, `/${taskService.name}`] as const;

/** The load balancer recognises CloudFront by this secret. A plan has none, because only the CLI can decrypt it. */
export function originSecret({ originSecret: secret }: StackConfig): pulumi.Output<string> {
  return pulumi.secret(secret ?? "planned");
}

/** CloudFront with its firewall, where the environment has it. */
export function createDistribution(environment: Environment, platform: Platform, providers: Providers): void {
  const { spec, config } = environment;
  const { distribution } = featuresOf(spec);
  if (distribution === undefined) return;
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
      prefix: physicalNames({ spec }).prefix,
      settings: spec.firewall,
      scope: "cloudfront",
      client: "source-address",
      freeTextPaths,
      loadBalancerArns: {},
      logKeyArn: keys.arns.logs,
      alarmTopicArn: alerts.ticketTopicArn,
    },
    opts,
  );
  new Distribution(
    "api",
    {
      settings: distribution,
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
