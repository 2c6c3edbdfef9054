import { beforeAll, expect, test } from "vitest";
import { type Plan, planProgram } from "../../../tools/plan/index.ts";
import { keyPolicy } from "../keys/index.ts";
import { Alerts } from "./index.ts";

let plan: Plan;
beforeAll(async () => {
  plan = await planProgram(() => {
    const { pageTopicArn, ticketTopicArn } = new Alerts("alerts", {
      keyArn: "key-messages",
      accountId: "123456789012",
      emails: ["ops@example.com", "lead@example.com"],
    });
    return { page: pageTopicArn, ticket: ticketTopicArn };
  });
});

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

test.each(["page", "ticket"])(
  "the %s topic is encrypted, and only services of this account publish to it, over TLS",
  (kind) => {
    const topic = plan.one("aws:sns/topic:Topic", `alerts-${kind}`);
    const { arn } = topic.outputs;
    expect(topic.inputs).toEqual({ kmsMasterKeyId: "key-messages" });
    expect(plan.outputs[kind]).toBe(arn);
    const policy = plan.one("aws:sns/topicPolicy:TopicPolicy", `alerts-${kind}`).inputs;
    expect(policy.arn).toBe(arn);
    expect(JSON.parse(String(policy.policy)).Statement).toEqual([
      {
        Sid: "ServicesOfThisAccount",
        Effect: "Allow",
        Principal: { Service: publishers },
        Action: "sns:Publish",
        Resource: arn,
        Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
      },
      {
        Sid: "TlsOnly",
        Effect: "Deny",
        Principal: "*",
        Action: "sns:Publish",
        Resource: arn,
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ]);
  },
);

test("every service that may publish may also use the key of the topics, or its messages would be lost", () => {
  const { Statement } = JSON.parse(keyPolicy("messages", "123456789012", "us-east-1")) as {
    Statement: { Sid: string; Principal: { Service: string[] } }[];
  };
  const services = Statement.find(({ Sid }) => Sid === "Publishers")?.Principal.Service;
  expect(services?.toSorted()).toEqual(publishers.toSorted());
});

test("there are two topics, and each address is subscribed to both", () => {
  const subscriptions = plan
    .all("aws:sns/topicSubscription:TopicSubscription")
    .map(({ inputs }) => [inputs.topic, inputs.protocol, inputs.endpoint].join(" "));
  const topics = plan.all("aws:sns/topic:Topic").map(({ outputs }) => String(outputs.arn));
  expect(topics).toHaveLength(2);
  expect(subscriptions.toSorted()).toEqual(
    topics
      .flatMap((topic) => [`${topic} email lead@example.com`, `${topic} email ops@example.com`])
      .toSorted(),
  );
});
