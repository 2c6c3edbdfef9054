import {
  atLeast,
  between,
  custom,
  customKey,
  isTrue,
  list,
  mismatch,
  oneOf,
  overStack,
  pair,
  property,
  publicSubnetExample,
  publicSubnets,
  type Rule,
  read,
  record,
  show,
  subnetsIn,
  text,
  unless,
  zonesOf,
} from "../../kit/index.ts";

const cluster = "aws:msk/cluster:Cluster";

export const kafkaRules: readonly Rule[] = [
  property({
    id: "kafka-encrypted-between-brokers",
    controls: ["MSK-01"],
    severity: "high",
    types: [cluster],
    path: "encryptionInfo.encryptionInTransit.inCluster",
    is: isTrue,
    whatToDo: "set it: a change replaces the cluster",
  }),
  property({
    id: "kafka-encrypted-to-clients",
    controls: ["MSK-02"],
    severity: "high",
    types: [cluster],
    path: "encryptionInfo.encryptionInTransit.clientBroker",
    is: oneOf("TLS"),
    whatToDo: "set TLS: with TLS_PLAINTEXT a client can still send without encryption",
  }),
  property({
    id: "kafka-own-key",
    controls: ["MSK-03"],
    severity: "medium",
    types: [cluster],
    path: "encryptionInfo.encryptionAtRestKmsKeyArn",
    is: customKey,
    whatToDo: "give it the key of the data domain",
  }),
  custom({
    id: "kafka-logs-delivered",
    controls: ["MSK-04"],
    severity: "medium",
    types: [cluster],
    whatToDo: "deliver broker logs to a log group, a bucket or a stream of this stack",
    check: ({ loggingInfo }) => {
      const targets = { cloudwatchLogs: "logGroup", s3: "bucket", firehose: "deliveryStream" };
      const delivered = Object.entries(targets).some(([kind, target]) => {
        const settings = record(read(loggingInfo, `brokerLogs.${kind}`));
        return settings.enabled === true && text(settings[target]) !== "";
      });
      return unless(delivered, mismatch("loggingInfo", loggingInfo, "one target or more"));
    },
    pass: { loggingInfo: { brokerLogs: { cloudwatchLogs: { enabled: true, logGroup: "brokers" } } } },
    fail: { loggingInfo: { brokerLogs: { cloudwatchLogs: { enabled: false } } } },
  }),
  property({
    id: "kafka-not-public",
    controls: ["MSK-05"],
    severity: "critical",
    types: [cluster],
    path: "brokerNodeGroupInfo.connectivityInfo.publicAccess.type",
    is: oneOf("DISABLED"),
    missingIs: "right",
    whatToDo: "set DISABLED",
  }),
  property({
    id: "kafka-clients-sign-in",
    controls: ["MSK-07"],
    severity: "high",
    types: [cluster],
    path: "clientAuthentication.sasl.iam",
    is: isTrue,
    whatToDo: "turn IAM on: pods sign in with their own roles",
  }),
  property({
    id: "kafka-strangers-refused",
    controls: ["MSK-07"],
    severity: "high",
    types: [cluster],
    path: "clientAuthentication.unauthenticated",
    is: { allowed: "false", holds: (value) => value === false, right: false, wrong: true },
    missingIs: "right",
    whatToDo: "set unauthenticated: false",
  }),
  property({
    id: "kafka-measured",
    controls: ["MSK-08"],
    severity: "low",
    environments: ["prod"],
    types: [cluster],
    path: "enhancedMonitoring",
    is: oneOf("PER_TOPIC_PER_BROKER", "PER_TOPIC_PER_PARTITION"),
    whatToDo: "measure by topic: metrics by broker do not show which topic is slow",
  }),
  property({
    id: "kafka-measured-by-broker",
    controls: ["MSK-08"],
    severity: "low",
    environments: ["staging", "dr"],
    types: [cluster],
    path: "enhancedMonitoring",
    is: oneOf("PER_BROKER", "PER_TOPIC_PER_BROKER", "PER_TOPIC_PER_PARTITION"),
    whatToDo: "measure by broker at least",
  }),
  ...["jmxExporter", "nodeExporter"].map((exporter) =>
    property({
      id: `kafka-${exporter === "jmxExporter" ? "broker" : "host"}-metrics-open`,
      controls: ["MSK-09"],
      severity: "medium",
      environments: ["staging", "prod"],
      types: [cluster],
      path: `openMonitoring.prometheus.${exporter}.enabledInBroker`,
      is: isTrue,
      whatToDo: "turn it on: dashboards and lag alerts read it",
    }),
  ),
  custom({
    id: "kafka-brokers-enough",
    controls: ["MSK-10"],
    severity: "high",
    types: [cluster],
    whatToDo: "use three brokers or more, the same number in every zone: three replicas need three brokers",
    check: ({ numberOfBrokerNodes, brokerNodeGroupInfo }) => {
      const brokers = Number(numberOfBrokerNodes);
      const zones = list(record(brokerNodeGroupInfo).clientSubnets).length;
      return unless(
        brokers >= 3 && zones > 0 && brokers % zones === 0,
        `numberOfBrokerNodes: got ${show(numberOfBrokerNodes)} in ${zones} subnets; allowed: 3 or more, a multiple of the subnets`,
      );
    },
    pass: { numberOfBrokerNodes: 3, brokerNodeGroupInfo: { clientSubnets: ["a", "b", "c"] } },
    fail: { numberOfBrokerNodes: 2, brokerNodeGroupInfo: { clientSubnets: ["a", "b"] } },
  }),
  overStack({
    id: "kafka-spans-zones",
    controls: ["MSK-11"],
    severity: "high",
    environments: ["staging", "prod"],
    whatToDo: "name private or data subnets of three zones",
    check: (stack) =>
      stack.of(cluster).flatMap((resource) => {
        const zones = zonesOf(stack, resource, "brokerNodeGroupInfo").length;
        const exposed = publicSubnets(stack).filter((subnet) =>
          stack.linked(resource, "brokerNodeGroupInfo", subnet),
        );
        return [
          ...unless(zones >= 3, { resource, message: `clientSubnets: got ${zones} zones; allowed: 3` }),
          ...exposed.map(({ name }) => ({
            resource,
            message: `clientSubnets: got public subnet ${name}; allowed: private`,
          })),
        ];
      }),
    pass: [
      ...subnetsIn("a", "b", "c"),
      { type: cluster, inputs: { brokerNodeGroupInfo: { clientSubnets: ["a", "b", "c"] } } },
    ],
    fail: [
      ...publicSubnetExample("a"),
      { type: cluster, inputs: { brokerNodeGroupInfo: { clientSubnets: ["a"] } } },
    ],
    missing: [{ type: cluster }],
  }),
  property({
    id: "kafka-version-current",
    controls: ["MSK-14"],
    severity: "medium",
    types: [cluster],
    path: "kafkaVersion",
    is: {
      allowed: "3.8 or newer",
      holds: (value) => {
        const [, major = 0, minor = 0] = (/^(\d+)\.(\d+)/.exec(text(value)) ?? []).map(Number);
        return major > 3 || (major === 3 && minor >= 8);
      },
      right: "3.9.x.kraft",
      wrong: "2.8.1",
    },
    whatToDo: "use a version that MSK recommends",
  }),
  pair({
    id: "kafka-storage-grows",
    controls: ["MSK-15"],
    severity: "medium",
    environments: ["prod"],
    of: cluster,
    partner: "aws:appautoscaling/target:Target",
    by: "resourceId",
    partnerIs: ({ scalableDimension }) => scalableDimension === "kafka:broker-storage:VolumeSize",
    wanted: "a scaling target on kafka:broker-storage:VolumeSize",
    whatToDo: "add target and policy: a full volume stops the broker",
    pass: { scalableDimension: "kafka:broker-storage:VolumeSize" },
    fail: { scalableDimension: "ecs:service:DesiredCount" },
  }),
  property({
    id: "kafka-storage-grows-in-time",
    controls: ["MSK-15"],
    severity: "medium",
    environments: ["prod"],
    types: ["aws:appautoscaling/policy:Policy"],
    path: "targetTrackingScalingPolicyConfiguration.targetValue",
    when: ({ serviceNamespace }) => serviceNamespace === "kafka",
    rest: { serviceNamespace: "kafka" },
    is: between(60, 80),
    whatToDo: "grow at 60 to 80 percent: a volume can grow only once in six hours",
  }),
  property({
    id: "kafka-brokers-steady",
    controls: ["MSK-16"],
    severity: "medium",
    environments: ["prod"],
    types: [cluster],
    path: "brokerNodeGroupInfo.instanceType",
    is: {
      allowed: "a type other than kafka.t3.*",
      holds: (value) => /^kafka\.|^express\./.test(text(value)) && !text(value).startsWith("kafka.t3"),
      right: "kafka.m7g.large",
      wrong: "kafka.t3.small",
    },
    whatToDo: "use a type that handles 10,000 events per second",
  }),
  property({
    id: "kafka-storage-sized",
    controls: ["MSK-24"],
    severity: "medium",
    environments: ["prod"],
    types: [cluster],
    path: "brokerNodeGroupInfo.storageInfo.ebsStorageInfo.volumeSize",
    is: atLeast(500),
    whatToDo: "size it for seven days of events in three replicas; growing takes hours",
  }),
];
