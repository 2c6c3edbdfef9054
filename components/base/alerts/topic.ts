import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument, type StatementInput, tlsOnlyStatement } from "../core/index.ts";

interface TopicArgs {
  /** Encrypts the messages. Left out only if the publisher cannot use a key. */
  readonly keyArn?: pulumi.Input<string>;
  /** Addresses that get the messages; each must confirm once. */
  readonly emails: readonly string[];
  /** Statements that let services publish. */
  readonly publishers: (topicArn: pulumi.Output<string>) => readonly StatementInput[];
}

/**
 * A topic with its policy and its subscriptions. Services test a publication, or read the policy, when they get the ARN,
 * so the returned ARN is available after the policy.
 */
export function createTopic(
  name: string,
  { keyArn, emails, publishers }: TopicArgs,
  opts: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const topic = new aws.sns.Topic(name, keyArn === undefined ? {} : { kmsMasterKeyId: keyArn }, opts);
  const statements = [...publishers(topic.arn), tlsOnlyStatement("TlsOnly", ["sns:Publish"], [topic.arn])];
  const policy = new aws.sns.TopicPolicy(name, { arn: topic.arn, policy: policyDocument(statements) }, opts);
  for (const email of emails) {
    new aws.sns.TopicSubscription(
      `${name}-${email}`,
      { topic: topic.arn, protocol: "email", endpoint: email },
      opts,
    );
  }
  return pulumi.all([topic.arn, policy.id]).apply(([arn]) => arn);
}
