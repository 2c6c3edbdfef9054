import {
  custom,
  type Example,
  hardened,
  isFalse,
  isTrue,
  list,
  oneOf,
  overStack,
  type Plain,
  policyDocument,
  present,
  property,
  type Resource,
  type Rule,
  record,
  type Stack,
  show,
  statementsOf,
  text,
  unless,
} from "../../kit/index.ts";

const group = "aws:elasticache/replicationGroup:ReplicationGroup";

const topic = "aws:sns/topic:Topic";
const topicPolicy = "aws:sns/topicPolicy:TopicPolicy";

/** ElastiCache user guide, "Managing ElastiCache Amazon SNS notifications". */
function cachePublishesTo(stack: Stack, to: Resource): boolean {
  if (text(to.inputs.kmsMasterKeyId) !== "") return false;
  return stack
    .of(topicPolicy)
    .filter((policy) => stack.linked(policy, "arn", to))
    .flatMap(({ inputs }) => statementsOf(inputs.policy) ?? [])
    .some(({ allows, conditions }) => allows && Object.keys(conditions).join() === "aws:sourceowner");
}

/** A cache with a topic for its events, whose policy asks for the account by a key. */
function eventsExample(topicInputs: Plain, asksFor: string): Example {
  return [
    { type: group, name: "cache", inputs: { notificationTopicArn: "events" } },
    { type: topic, name: "events", inputs: topicInputs },
    {
      type: topicPolicy,
      name: "events-policy",
      inputs: {
        arn: "events",
        policy: policyDocument({
          Principal: { AWS: "*" },
          Action: "sns:Publish",
          Condition: { StringEquals: { [asksFor]: "111122223333" } },
        }),
      },
    },
  ];
}

export const cacheOperationRules: readonly Rule[] = [
  property({
    id: "cache-patched",
    controls: ["EC-08"],
    severity: "high",
    types: [group],
    path: "autoMinorVersionUpgrade",
    is: isTrue,
    whatToDo: "turn it on",
  }),
  custom({
    id: "cache-logs-delivered",
    controls: ["EC-12"],
    severity: "medium",
    environments: hardened,
    types: [group],
    whatToDo: "deliver both logs as JSON to a log group",
    check: ({ logDeliveryConfigurations }) => {
      const delivered = list(logDeliveryConfigurations)
        .map(record)
        .filter(({ logFormat, destination }) => logFormat === "json" && text(destination) !== "")
        .map(({ logType }) => logType);
      return ["slow-log", "engine-log"]
        .filter((type) => !delivered.includes(type))
        .map((type) => `logDeliveryConfigurations: got no ${type}; allowed: JSON to a log group`);
    },
    pass: {
      logDeliveryConfigurations: ["slow-log", "engine-log"].map((logType) => ({
        logType,
        logFormat: "json",
        destination: "logs",
        destinationType: "cloudwatch-logs",
      })),
    },
    fail: { logDeliveryConfigurations: [{ logType: "slow-log", logFormat: "text", destination: "logs" }] },
  }),
  property({
    id: "cache-engine-named",
    controls: ["EC-13"],
    severity: "medium",
    types: [group],
    path: "engine",
    is: oneOf("valkey", "redis"),
    whatToDo: 'use "valkey": it costs a fifth less and is open source',
  }),
  property({
    id: "cache-version-current",
    controls: ["EC-13"],
    severity: "medium",
    types: [group],
    path: "engineVersion",
    is: {
      allowed: "7 or newer",
      holds: (value) => Number.parseInt(text(value), 10) >= 7,
      right: "8.0",
      wrong: "6.2",
    },
    whatToDo: "name the version",
  }),
  property({
    id: "cache-maintained-at-night",
    controls: ["EC-15"],
    severity: "low",
    environments: hardened,
    types: [group],
    path: "maintenanceWindow",
    is: present("sun:05:30-sun:06:30"),
    whatToDo: "choose a window outside of business hours",
  }),
  property({
    id: "cache-snapshot-at-night",
    controls: ["EC-15"],
    severity: "low",
    environments: hardened,
    types: [group],
    path: "snapshotWindow",
    is: present("01:00-02:00"),
    whatToDo: "choose a window apart from maintenance",
  }),
  property({
    id: "cache-keeps-last-snapshot",
    controls: ["EC-16"],
    severity: "low",
    environments: ["prod"],
    types: [group],
    path: "finalSnapshotIdentifier",
    is: present("final"),
    whatToDo: "name the final snapshot",
  }),
  property({
    id: "cache-changes-wait",
    controls: ["EC-19"],
    severity: "low",
    environments: ["prod"],
    types: [group],
    path: "applyImmediately",
    is: isFalse,
    whatToDo: "let a change that causes a failover wait for the maintenance window",
  }),
  property({
    id: "cache-class-steady",
    controls: ["EC-20"],
    severity: "low",
    environments: ["prod"],
    types: [group],
    path: "nodeType",
    is: {
      allowed: "a type other than cache.t*",
      holds: (value) => /^cache\.(?!t\d)/.test(text(value)),
      right: "cache.r7g.large",
      wrong: "cache.t4g.small",
    },
    whatToDo: "use a type without CPU credits",
  }),
  property({
    id: "cache-tells-events",
    controls: ["EC-21"],
    severity: "low",
    environments: hardened,
    types: [group],
    path: "notificationTopicArn",
    is: present("arn:aws:sns:us-east-1:111122223333:operations"),
    whatToDo: "name the topic of operations",
  }),
  overStack({
    id: "cache-events-arrive",
    controls: ["EC-21"],
    severity: "medium",
    missingIs: "right",
    whatToDo:
      "use a topic without a key whose policy asks for aws:SourceOwner: ElastiCache sets any other to inactive without an error",
    check: (stack) =>
      stack.of(group).flatMap((resource) =>
        stack
          .of(topic)
          .filter((one) => stack.linked(resource, "notificationTopicArn", one))
          .filter((one) => !cachePublishesTo(stack, one))
          .map(({ name }) => ({
            resource,
            message: `notificationTopicArn: ElastiCache cannot publish to "${name}"`,
          })),
      ),
    pass: eventsExample({}, "aws:SourceOwner"),
    fail: eventsExample({ kmsMasterKeyId: "key" }, "aws:SourceAccount"),
    missing: [{ type: group, name: "cache" }],
  }),
  custom({
    id: "cache-memory-reserved",
    controls: ["EC-20"],
    severity: "low",
    environments: ["prod"],
    types: ["aws:elasticache/parameterGroup:ParameterGroup"],
    whatToDo: "reserve a quarter of the memory: a snapshot copies data there",
    check: ({ parameters }) => {
      const reserved = list(parameters)
        .map(record)
        .find(({ name }) => name === "reserved-memory-percent")?.value;
      return unless(
        Number(reserved) >= 25,
        `parameters: got reserved-memory-percent ${show(reserved)}; allowed: 25 or more`,
      );
    },
    pass: { parameters: [{ name: "reserved-memory-percent", value: "25" }] },
    fail: { parameters: [{ name: "reserved-memory-percent", value: "0" }] },
  }),
];
