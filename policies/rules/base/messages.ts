import {
  admitsEverybody,
  custom,
  customKey,
  mismatch,
  pair,
  policyDocument,
  policyDocumentRule,
  property,
  type Rule,
  text,
  unless,
} from "../../kit/index.ts";

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
      policy: policyDocument({
        Effect: "Deny",
        Principal: "*",
        Action: "sns:Publish",
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      }),
    },
    fail: {
      policy: policyDocument({ Principal: { Service: "cloudwatch.amazonaws.com" }, Action: "sns:Publish" }),
    },
  }),
  policyDocumentRule({
    id: "message-policy-closed",
    controls: ["CW-06", "CW-07"],
    severity: "high",
    types: ["aws:sns/topicPolicy:TopicPolicy", "aws:sqs/queuePolicy:QueuePolicy"],
    path: "policy",
    whatToDo: "name the senders",
    wrong: admitsEverybody,
    pass: policyDocument({
      Principal: { Service: "cloudwatch.amazonaws.com" },
      Action: "sns:Publish",
      Resource: "*",
    }),
    fail: policyDocument({ Principal: "*", Action: "sns:Publish", Resource: "*" }),
  }),
  custom({
    id: "queue-encrypted",
    controls: ["CW-07"],
    severity: "medium",
    types: ["aws:sqs/queue:Queue"],
    whatToDo: "encrypt it, and send messages that cannot be handled to a dead-letter queue",
    check: ({ kmsMasterKeyId, sqsManagedSseEnabled, redrivePolicy, name }) => [
      ...unless(
        customKey.holds(kmsMasterKeyId) || sqsManagedSseEnabled === true,
        mismatch("kmsMasterKeyId", kmsMasterKeyId, "a key"),
      ),
      ...(text(redrivePolicy) === "" && !/(dlq|dead)/.test(text(name))
        ? ["redrivePolicy: got nothing; allowed: a dead-letter queue"]
        : []),
    ],
    pass: { kmsMasterKeyId: "key", redrivePolicy: "{}" },
    fail: { sqsManagedSseEnabled: false, redrivePolicy: "{}" },
  }),
];
