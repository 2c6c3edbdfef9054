import { expect, test } from "vitest";
import { planProgram } from "../../../tools/plan/index.ts";
import { keyPolicy } from "../keys/index.ts";
import { Alerts } from "./index.ts";

const planAlerts = (emails: readonly string[]) =>
  planProgram(() => {
    const alerts = new Alerts("alerts", { keyArn: "key-messages", accountId: "123456789012", emails });
    return { page: alerts.pageTopicArn, ticket: alerts.ticketTopicArn };
  });

test("what wakes somebody and what waits go to two topics, both encrypted", async () => {
  const plan = await planAlerts([]);
  for (const kind of ["page", "ticket"]) {
    const topic = plan.one("aws:sns/topic:Topic", `alerts-${kind}`);
    expect(topic.inputs).toEqual({ kmsMasterKeyId: "key-messages" });
    expect(plan.outputs[kind]).toBe(topic.outputs.arn);
  }
  expect(plan.all("aws:sns/topic:Topic")).toHaveLength(2);
});

test("only services of this account publish, and only over TLS", async () => {
  const plan = await planAlerts([]);
  const topic = plan.one("aws:sns/topic:Topic", "alerts-page").outputs.arn;
  const { policy, arn } = plan.one("aws:sns/topicPolicy:TopicPolicy", "alerts-page").inputs;
  expect(arn).toBe(topic);
  expect(JSON.parse(String(policy)).Statement).toEqual([
    {
      Sid: "ServicesOfThisAccount",
      Effect: "Allow",
      Principal: {
        Service: expect.arrayContaining(["cloudwatch.amazonaws.com", "events.rds.amazonaws.com"]),
      },
      Action: "sns:Publish",
      Resource: topic,
      Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
    },
    {
      Sid: "TlsOnly",
      Effect: "Deny",
      Principal: "*",
      Action: "sns:Publish",
      Resource: topic,
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
  ]);
});

test("who may publish may also use the key the topics are encrypted with, or messages would be lost", async () => {
  const services = (policy: unknown, sid: string): unknown => {
    const { Statement } = JSON.parse(String(policy)) as {
      Statement: { Sid: string; Principal: { Service: string[] } }[];
    };
    return Statement.find(({ Sid }) => Sid === sid)?.Principal.Service.toSorted();
  };
  const plan = await planAlerts([]);
  const { policy } = plan.one("aws:sns/topicPolicy:TopicPolicy", "alerts-page").inputs;
  expect(services(policy, "ServicesOfThisAccount")).toEqual(
    services(keyPolicy("messages", "123456789012", "us-east-1"), "Publishers"),
  );
});

test("each address hears of both", async () => {
  const plan = await planAlerts(["ops@example.com", "lead@example.com"]);
  const heard = plan
    .all("aws:sns/topicSubscription:TopicSubscription")
    .map(({ inputs }) => [inputs.topic, inputs.protocol, inputs.endpoint].join(" "));
  const topics = [plan.outputs.page, plan.outputs.ticket].map(String);
  expect(heard.toSorted()).toEqual(
    topics
      .flatMap((topic) => [`${topic} email lead@example.com`, `${topic} email ops@example.com`])
      .toSorted(),
  );
});
