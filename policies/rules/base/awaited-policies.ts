import {
  type Example,
  type ExampleResource,
  overStack,
  policyDocument,
  type Resource,
  type Rule,
  type Stack,
} from "../../kit/index.ts";

const topic = "aws:sns/topic:Topic";
const topicPolicy = "aws:sns/topicPolicy:TopicPolicy";
const bucket = "aws:s3/bucket:Bucket";
const bucketPolicy = "aws:s3/bucketPolicy:BucketPolicy";
const role = "aws:iam/role:Role";
const logGroup = "aws:cloudwatch/logGroup:LogGroup";
const logPolicy = "aws:cloudwatch/logResourcePolicy:LogResourcePolicy";

/** Guards of a resource that are made beside it, and name it by a property. */
interface Guards {
  readonly types: readonly string[];
  readonly by: string;
}

const roleGuards: Guards = {
  types: [
    "aws:iam/rolePolicy:RolePolicy",
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive",
  ],
  by: "role",
};

/**
 * Consumers that AWS tests when they are made, by the property that names what they use. The engine sees that a consumer
 * needs a role, a bucket or a topic, but not that it needs the policy beside it: without an order the test fails now and
 * then, or the first messages are lost.
 */
const consumers: readonly {
  readonly target: string;
  readonly guards: Guards;
  readonly uses: Readonly<Record<string, string>>;
}[] = [
  {
    target: topic,
    guards: { types: [topicPolicy], by: "arn" },
    uses: {
      "aws:amp/alertManagerDefinition:AlertManagerDefinition": "definition",
      "aws:backup/vaultNotifications:VaultNotifications": "snsTopicArn",
      "aws:budgets/budget:Budget": "notifications",
      "aws:cloudwatch/eventTarget:EventTarget": "arn",
      "aws:cloudwatch/metricAlarm:MetricAlarm": "alarmActions",
      "aws:costexplorer/anomalySubscription:AnomalySubscription": "subscribers",
      "aws:elasticache/replicationGroup:ReplicationGroup": "notificationTopicArn",
      "aws:rds/eventSubscription:EventSubscription": "snsTopic",
    },
  },
  {
    target: bucket,
    guards: { types: [bucketPolicy], by: "bucket" },
    uses: {
      "aws:cfg/deliveryChannel:DeliveryChannel": "s3BucketName",
      "aws:cloudtrail/trail:Trail": "s3BucketName",
      "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination": "deliveryDestinationConfiguration",
      "aws:ec2/flowLog:FlowLog": "logDestination",
      "aws:lb/loadBalancer:LoadBalancer": "accessLogs",
      "aws:s3/bucketLogging:BucketLogging": "targetBucket",
    },
  },
  {
    target: role,
    guards: roleGuards,
    uses: {
      "aws:amp/scraper:Scraper": "roleConfiguration",
      "aws:backup/restoreTestingSelection:RestoreTestingSelection": "iamRoleArn",
      "aws:backup/selection:Selection": "iamRoleArn",
      "aws:cloudtrail/trail:Trail": "cloudWatchLogsRoleArn",
      "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter": "roleArn",
      "aws:ec2/flowLog:FlowLog": "iamRoleArn",
      "aws:eks/addon:Addon": "podIdentityAssociations",
      "aws:eks/cluster:Cluster": "roleArn",
      "aws:eks/nodeGroup:NodeGroup": "nodeRoleArn",
      "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": "extendedS3Configuration",
      "aws:lambda/function:Function": "role",
      "aws:msk/replicator:Replicator": "serviceExecutionRoleArn",
      "aws:rds/instance:Instance": "monitoringRoleArn",
      "aws:s3/bucketReplicationConfig:BucketReplicationConfig": "role",
    },
  },
];

interface Unawaited {
  readonly resource: Resource;
  readonly message: string;
}

/** Pairs of a consumer and a policy that it uses and does not wait for. */
function unawaited(stack: Stack): readonly Unawaited[] {
  return [...consumers.flatMap((kind) => unawaitedOf(stack, kind)), ...unawaitedLogPolicies(stack)];
}

function unawaitedOf(
  stack: Stack,
  { target, guards, uses }: (typeof consumers)[number],
): readonly Unawaited[] {
  const users = Object.entries(uses).flatMap(([type, property]) =>
    stack.of(type).map((resource) => ({ resource, property })),
  );
  return stack.of(target).flatMap((used) => {
    const beside = stack.of(...guards.types).filter((guard) => stack.linked(guard, guards.by, used));
    return users
      .filter(({ resource, property }) => stack.linked(resource, property, used))
      .flatMap(({ resource, property }) => missing(stack, resource, property, beside));
  });
}

/** A firewall writes to a log group by the permission of a policy that names the group only in its text. */
function unawaitedLogPolicies(stack: Stack): readonly Unawaited[] {
  const property = "logDestinationConfigs";
  return stack.of("aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration").flatMap((resource) =>
    stack
      .of(logGroup)
      .filter((group) => stack.linked(resource, property, group))
      .flatMap((group) =>
        missing(
          stack,
          resource,
          property,
          stack.of(logPolicy).filter((policy) => stack.linked(policy, "policyDocument", group)),
        ),
      ),
  );
}

function missing(
  stack: Stack,
  resource: Resource,
  property: string,
  guards: readonly Resource[],
): readonly Unawaited[] {
  return guards
    .filter((guard) => !stack.waitsFor(resource, guard))
    .map((guard) => ({ resource, message: `${property}: waits for no ${shortType(guard)} "${guard.name}"` }));
}

const shortType = ({ type }: Resource): string => type.split(":").at(-1) ?? type;

/** A budget with its topic and its policy. */
function budgetExample(awaited: Partial<ExampleResource>): Example {
  return [
    { type: topic, name: "alerts" },
    {
      type: topicPolicy,
      name: "alerts-policy",
      inputs: {
        arn: "alerts",
        policy: policyDocument({ Principal: { Service: "budgets.amazonaws.com" }, Action: "sns:Publish" }),
      },
    },
    {
      type: "aws:budgets/budget:Budget",
      name: "budget",
      inputs: { notifications: [{ subscriberSnsTopicArns: ["alerts"] }] },
      ...awaited,
    },
  ];
}

export const awaitedPolicyRules: readonly Rule[] = [
  overStack({
    id: "consumer-waits-for-policy",
    controls: ["IAM-18", "CW-06", "S3-10"],
    severity: "high",
    missingIs: "right",
    whatToDo: "hand out the ARN only after the policy, or add the policy to dependsOn",
    check: unawaited,
    pass: budgetExample({ waitsFor: ["alerts-policy"] }),
    fail: budgetExample({}),
    missing: [{ type: "aws:budgets/budget:Budget", name: "budget" }],
  }),
];
