import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument, tlsOnlyStatement } from "../core/index.ts";
import type { AlertsArgs } from "./args.ts";

/** Encrypted topics for alerts that wake somebody (`page`) and alerts that wait for the morning (`ticket`). */
export class Alerts extends pulumi.ComponentResource {
  readonly pageTopicArn: pulumi.Output<string>;
  readonly ticketTopicArn: pulumi.Output<string>;

  constructor(name: string, args: AlertsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("task-platform:alerts:Alerts", name, {}, opts);
    this.pageTopicArn = createAlertTopic(`${name}-page`, args, { parent: this });
    this.ticketTopicArn = createAlertTopic(`${name}-ticket`, args, { parent: this });
    this.registerOutputs({ pageTopicArn: this.pageTopicArn, ticketTopicArn: this.ticketTopicArn });
  }
}

/** Services that publish here. The policy of the messages key must name them too, or their messages are lost. */
const publishers = [
  "cloudwatch.amazonaws.com",
  "events.rds.amazonaws.com",
  "budgets.amazonaws.com",
  "elasticache.amazonaws.com",
  "events.amazonaws.com",
  "costalerts.amazonaws.com",
  "aps.amazonaws.com",
  "backup.amazonaws.com",
];

/** One topic alone, for the recovery region: an alarm can only publish to topics of its own region. */
export function createAlertTopic(
  name: string,
  args: AlertsArgs,
  opts: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const topic = new aws.sns.Topic(name, { kmsMasterKeyId: args.keyArn }, opts);
  const policy = policyDocument([
    {
      sid: "ServicesOfThisAccount",
      principals: { Service: publishers },
      actions: ["sns:Publish"],
      resources: [topic.arn],
      conditions: { StringEquals: { "aws:SourceAccount": args.accountId } },
    },
    tlsOnlyStatement("TlsOnly", ["sns:Publish"], [topic.arn]),
  ]);
  new aws.sns.TopicPolicy(name, { arn: topic.arn, policy }, opts);
  for (const email of args.emails) {
    new aws.sns.TopicSubscription(
      `${name}-${email}`,
      { topic: topic.arn, protocol: "email", endpoint: email },
      opts,
    );
  }
  return topic.arn;
}
