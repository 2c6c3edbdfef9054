import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument } from "../core/index.ts";

export interface AlertsArgs {
  readonly keyArn: pulumi.Input<string>;
  readonly accountId: string;
  /** Addresses that hear of both; each must confirm once. */
  readonly emails: readonly string[];
}

/** Encrypted topics for what wakes somebody (`page`) and what waits for the morning (`ticket`). */
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

/** One topic, for where only one is heard: an alarm reaches topics of its own region alone. */
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
    {
      sid: "TlsOnly",
      effect: "Deny",
      principals: "*",
      actions: ["sns:Publish"],
      resources: [topic.arn],
      conditions: { Bool: { "aws:SecureTransport": "false" } },
    },
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
