import * as pulumi from "@pulumi/pulumi";
import { alertPublishers } from "../keys/index.ts";
import type { AlertsArgs } from "./args.ts";
import { createTopic } from "./topic.ts";

/**
 * Encrypted topics for alerts that wake somebody (`page`) and alerts that wait for the morning (`ticket`), and a topic
 * for the events of the cache, which ElastiCache can only publish in clear.
 */
export class Alerts extends pulumi.ComponentResource {
  readonly pageTopicArn: pulumi.Output<string>;
  readonly ticketTopicArn: pulumi.Output<string>;
  readonly cacheEventTopicArn: pulumi.Output<string>;

  constructor(name: string, args: AlertsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("task-platform:alerts:Alerts", name, {}, opts);
    this.pageTopicArn = createAlertTopic(`${name}-page`, args, { parent: this });
    this.ticketTopicArn = createAlertTopic(`${name}-ticket`, args, { parent: this });
    this.cacheEventTopicArn = createCacheEventTopic(`${name}-cache-events`, args, { parent: this });
    this.registerOutputs({
      pageTopicArn: this.pageTopicArn,
      ticketTopicArn: this.ticketTopicArn,
      cacheEventTopicArn: this.cacheEventTopicArn,
    });
  }
}

/** One topic alone, for the recovery region: an alarm can only publish to topics of its own region. */
export function createAlertTopic(
  name: string,
  { keyArn, accountId, emails }: AlertsArgs,
  opts: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const publishers = (topicArn: pulumi.Output<string>) => [
    {
      sid: "ServicesOfThisAccount",
      principals: { Service: alertPublishers.ofAccount },
      actions: ["sns:Publish"],
      resources: [topicArn],
      conditions: { StringEquals: { "aws:SourceAccount": accountId } },
    },
    {
      // Managed Prometheus reads the topic before it publishes (its user guide, the page on permission to send to SNS).
      sid: "PrometheusLooks",
      principals: { Service: ["aps.amazonaws.com"] },
      actions: ["sns:GetTopicAttributes"],
      resources: [topicArn],
      conditions: { StringEquals: { "aws:SourceAccount": accountId } },
    },
    {
      sid: "EventBridge",
      principals: { Service: alertPublishers.unconditional },
      actions: ["sns:Publish"],
      resources: [topicArn],
    },
  ];
  return createTopic(name, { keyArn, emails, publishers }, opts);
}

/**
 * ElastiCache publishes to no encrypted topic, and to none whose policy asks for `aws:SourceAccount`: it sets such a topic
 * to inactive without an error. This statement is the one that its guide shows ("Managing ElastiCache Amazon SNS
 * notifications"). EventBridge gets no events of caches with nodes. A message names a node and what happened to it.
 */
function createCacheEventTopic(
  name: string,
  { accountId, emails }: AlertsArgs,
  opts: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const publishers = (topicArn: pulumi.Output<string>) => [
    {
      sid: "CacheOfThisAccount",
      principals: { AWS: ["*"] },
      actions: ["sns:Publish"],
      resources: [topicArn],
      conditions: { StringEquals: { "aws:SourceOwner": accountId } },
    },
  ];
  return createTopic(name, { emails, publishers }, opts);
}
