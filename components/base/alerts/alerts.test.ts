import * as aws from "@pulumi/aws";
import { beforeAll, expect, test } from "vitest";
import { type Plan, planProgram } from "../../../tools/plan/index.ts";
import { alertPublishers, keyPolicy } from "../keys/index.ts";
import { Alerts } from "./index.ts";

let plan: Plan;
beforeAll(async () => {
  plan = await planProgram(() => {
    const alerts = new Alerts("alerts", {
      keyArn: "key-messages",
      accountId: "123456789012",
      emails: ["ops@example.com", "lead@example.com"],
    });
    return {
      page: alerts.pageTopicArn,
      ticket: alerts.ticketTopicArn,
      "cache-events": alerts.cacheEventTopicArn,
    };
  });
});

const statementsOf = (kind: string) =>
  (
    JSON.parse(String(plan.one("aws:sns/topicPolicy:TopicPolicy", `alerts-${kind}`).inputs.policy)) as {
      Statement: unknown[];
    }
  ).Statement;

const tlsOnly = (arn: unknown) => ({
  Sid: "TlsOnly",
  Effect: "Deny",
  Principal: "*",
  Action: "sns:Publish",
  Resource: arn,
  Condition: { Bool: { "aws:SecureTransport": "false" } },
});

test.each(["page", "ticket"])(
  "the %s topic is encrypted, and only services publish to it, over TLS and bound to this account where they can be",
  (kind) => {
    const topic = plan.one("aws:sns/topic:Topic", `alerts-${kind}`);
    const { arn } = topic.outputs;
    expect(topic.inputs).toEqual({ kmsMasterKeyId: "key-messages" });
    expect(plan.outputs[kind]).toBe(arn);
    expect(plan.one("aws:sns/topicPolicy:TopicPolicy", `alerts-${kind}`).inputs.arn).toBe(arn);
    expect(statementsOf(kind)).toEqual([
      {
        Sid: "ServicesOfThisAccount",
        Effect: "Allow",
        Principal: {
          Service: [
            "cloudwatch.amazonaws.com",
            "events.rds.amazonaws.com",
            "budgets.amazonaws.com",
            "costalerts.amazonaws.com",
            "aps.amazonaws.com",
          ],
        },
        Action: "sns:Publish",
        Resource: arn,
        Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
      },
      {
        Sid: "PrometheusLooks",
        Effect: "Allow",
        Principal: { Service: ["aps.amazonaws.com"] },
        Action: "sns:GetTopicAttributes",
        Resource: arn,
        Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
      },
      {
        Sid: "EventBridge",
        Effect: "Allow",
        Principal: { Service: ["events.amazonaws.com"] },
        Action: "sns:Publish",
        Resource: arn,
      },
      tlsOnly(arn),
    ]);
  },
);

test("the topic of cache events is in clear, and its policy is the one that ElastiCache can publish by", () => {
  const topic = plan.one("aws:sns/topic:Topic", "alerts-cache-events");
  const { arn } = topic.outputs;
  expect(topic.inputs).toEqual({});
  expect(plan.outputs["cache-events"]).toBe(arn);
  expect(statementsOf("cache-events")).toEqual([
    {
      Sid: "CacheOfThisAccount",
      Effect: "Allow",
      Principal: { AWS: ["*"] },
      Action: "sns:Publish",
      Resource: arn,
      Condition: { StringEquals: { "aws:SourceOwner": "123456789012" } },
    },
    tlsOnly(arn),
  ]);
});

test("whoever gets the ARN of a topic waits for its policy", async () => {
  const waiting = await planProgram(() => {
    const alerts = new Alerts("alerts", { keyArn: "key", accountId: "123456789012", emails: [] });
    const arns = {
      page: alerts.pageTopicArn,
      ticket: alerts.ticketTopicArn,
      cache: alerts.cacheEventTopicArn,
    };
    for (const [name, arn] of Object.entries(arns))
      new aws.ssm.Parameter(name, { type: "String", value: arn });
  });
  const policies = waiting.all("aws:sns/topicPolicy:TopicPolicy").map(({ urn }) => urn);
  const awaited = waiting
    .all("aws:ssm/parameter:Parameter")
    .flatMap(({ options }) => options.dependencies.filter((urn) => policies.includes(urn)));
  expect(awaited.toSorted()).toEqual(policies.toSorted());
});

test("every service that may publish may also use the key of the topics, or its messages would be lost", () => {
  const { Statement } = JSON.parse(keyPolicy("messages", "123456789012", "us-east-1")) as {
    Statement: { Sid: string; Principal: { Service?: string[] }; Condition?: unknown }[];
  };
  const grants = Statement.filter(({ Principal }) => Principal.Service !== undefined);
  expect(grants.map(({ Principal, Condition }) => [Principal.Service, Condition])).toEqual([
    [alertPublishers.ofAccount, { StringEquals: { "aws:SourceAccount": "123456789012" } }],
    [alertPublishers.unconditional, undefined],
  ]);
});

test("there are three topics, and each address is subscribed to all of them", () => {
  const subscriptions = plan
    .all("aws:sns/topicSubscription:TopicSubscription")
    .map(({ inputs }) => [inputs.topic, inputs.protocol, inputs.endpoint].join(" "));
  const topics = plan.all("aws:sns/topic:Topic").map(({ outputs }) => String(outputs.arn));
  expect(topics).toHaveLength(3);
  expect(subscriptions.toSorted()).toEqual(
    topics
      .flatMap((topic) => [`${topic} email lead@example.com`, `${topic} email ops@example.com`])
      .toSorted(),
  );
});
