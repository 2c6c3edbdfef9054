import { document, isForEverybody, namesCaller } from "../documents.ts";
import { customKey } from "../requirements.ts";
import { custom, declared, documentRule, pair, property } from "../rule.ts";
import type { Rule } from "../types.ts";
import { list, record, show, text } from "../values.ts";

const topic = "aws:sns/topic:Topic";

export const messageRules: readonly Rule[] = [
  property({
    id: "topic-own-key",
    controls: ["CW-06"],
    severity: "medium",
    types: [topic],
    path: "kmsMasterKeyId",
    is: customKey,
    whatToDo: "give it a key whose policy admits the publishers",
  }),
  pair({
    id: "topic-by-tls-only",
    controls: ["CW-06"],
    severity: "medium",
    of: topic,
    partner: "aws:sns/topicPolicy:TopicPolicy",
    by: "arn",
    partnerIs: ({ policy }) => text(policy).includes('"aws:SecureTransport":"false"'),
    wanted: "a policy that denies requests without TLS",
    whatToDo: "add the statement",
    pass: {
      policy: document({
        Effect: "Deny",
        Principal: "*",
        Action: "sns:Publish",
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      }),
    },
    fail: { policy: document({ Principal: { Service: "cloudwatch.amazonaws.com" }, Action: "sns:Publish" }) },
  }),
  documentRule({
    id: "message-policy-closed",
    controls: ["CW-06", "CW-07"],
    severity: "high",
    types: ["aws:sns/topicPolicy:TopicPolicy", "aws:sqs/queuePolicy:QueuePolicy"],
    path: "policy",
    whatToDo: "name who sends",
    wrong: (statement) =>
      isForEverybody(statement) && !namesCaller(statement) ? "admits everybody" : undefined,
    pass: document({
      Principal: { Service: "cloudwatch.amazonaws.com" },
      Action: "sns:Publish",
      Resource: "*",
    }),
    fail: document({ Principal: "*", Action: "sns:Publish", Resource: "*" }),
  }),
  custom({
    id: "queue-encrypted",
    controls: ["CW-07"],
    severity: "medium",
    types: ["aws:sqs/queue:Queue"],
    whatToDo: "encrypt it, and send what cannot be handled to a dead-letter queue",
    check: ({ kmsMasterKeyId, sqsManagedSseEnabled, redrivePolicy, name }) => [
      ...(customKey.holds(kmsMasterKeyId) || sqsManagedSseEnabled === true
        ? []
        : [`kmsMasterKeyId: got ${show(kmsMasterKeyId)}; allowed: a key`]),
      ...(text(redrivePolicy) === "" && !/(dlq|dead)/.test(text(name))
        ? ["redrivePolicy: got nothing; allowed: a dead-letter queue"]
        : []),
    ],
    pass: { kmsMasterKeyId: "key", redrivePolicy: "{}" },
    fail: { sqsManagedSseEnabled: false, redrivePolicy: "{}" },
  }),
  declared({
    id: "cost-budgeted",
    controls: ["CW-14"],
    severity: "low",
    type: "aws:budgets/budget:Budget",
    is: ({ notifications }) =>
      [80, 100].every((threshold) =>
        list(notifications).some((one) => Number(record(one).threshold) === threshold),
      ),
    wanted: "a budget that tells at 80 and 100 percent",
    whatToDo: "add a budget of the environment",
    pass: { notifications: [{ threshold: 80 }, { threshold: 100 }] },
    fail: { notifications: [{ threshold: 100 }] },
  }),
];
