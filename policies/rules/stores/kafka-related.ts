import {
  admitsEverybody,
  between,
  custom,
  customKey,
  mismatch,
  overStack,
  type Plain,
  parsed,
  policyDocument,
  policyDocumentRule,
  property,
  type Rule,
  read,
  record,
  show,
  startOfName,
  text,
  unless,
} from "../../kit/index.ts";

const cluster = "aws:msk/cluster:Cluster";

export const kafkaRelatedRules: readonly Rule[] = [
  property({
    id: "kafka-topic-replicated",
    controls: ["MSK-22", "MSK-23"],
    severity: "high",
    types: ["aws:msk/topic:Topic"],
    path: "replicationFactor",
    is: between(3, 3),
    whatToDo: "keep three replicas",
  }),
  custom({
    id: "kafka-topic-durable",
    controls: ["MSK-22", "MSK-23"],
    severity: "high",
    types: ["aws:msk/topic:Topic"],
    whatToDo: "set min.insync.replicas 2, retention.ms and cleanup.policy; keep dead letters for 14 days",
    check: ({ name, configs }) => {
      const settings = configsOf(configs);
      const dead = /(dlq|dead)/i.test(text(name));
      const days = dead ? 14 : 1;
      const retention = Number(settings["retention.ms"]);
      return [
        ...unless(
          text(settings["min.insync.replicas"]) === "2",
          `configs: got min.insync.replicas ${show(settings["min.insync.replicas"])}; allowed: "2"`,
        ),
        ...unless(
          retention >= days * 86_400_000,
          `configs: got retention.ms ${show(settings["retention.ms"])}; allowed: ${days} days or more`,
        ),
        ...(text(settings["cleanup.policy"]) === ""
          ? ["configs: got no cleanup.policy; allowed: delete or compact"]
          : []),
      ];
    },
    pass: { name: "task-events", configs: topic("2", 604_800_000) },
    fail: { name: "task-events", configs: topic("1", 604_800_000) },
  }),
  custom({
    id: "kafka-events-topic-as-specified",
    controls: ["MSK-22"],
    severity: "high",
    types: ["aws:msk/topic:Topic"],
    whatToDo: "give task-events six partitions and seven days",
    check: ({ name, partitionCount, configs }) => {
      if (name !== "task-events") return [];
      const { "retention.ms": retention, "cleanup.policy": cleanup } = configsOf(configs);
      return [
        ...unless(Number(partitionCount) === 6, mismatch("partitionCount", partitionCount, "6")),
        ...unless(
          Number(retention) === 604_800_000,
          `configs: got retention.ms ${show(retention)}; allowed: "604800000"`,
        ),
        ...unless(cleanup === "delete", `configs: got cleanup.policy ${show(cleanup)}; allowed: "delete"`),
      ];
    },
    pass: { name: "task-events", partitionCount: 6, configs: topic("2", 604_800_000) },
    fail: { name: "task-events", partitionCount: 1, configs: topic("2", 604_800_000) },
    missing: { name: "task-events" },
  }),
  custom({
    id: "kafka-brokers-keep-data",
    controls: ["MSK-10"],
    severity: "high",
    types: ["aws:msk/configuration:Configuration"],
    whatToDo:
      "refuse unclean leader elections and automatic topics, and require two in-sync replicas of three",
    check: ({ serverProperties }) => {
      const wanted = {
        "unclean.leader.election.enable": "false",
        "auto.create.topics.enable": "false",
        "min.insync.replicas": "2",
        "default.replication.factor": "3",
      };
      const lines = text(serverProperties)
        .split("\n")
        .map((line) => line.trim());
      return Object.entries(wanted)
        .filter(([key, value]) => !lines.includes(`${key}=${value}`))
        .map(([key, value]) => `serverProperties: got no ${key}=${value}`);
    },
    pass: {
      serverProperties:
        "unclean.leader.election.enable=false\nauto.create.topics.enable=false\nmin.insync.replicas=2\ndefault.replication.factor=3\n",
    },
    fail: { serverProperties: "unclean.leader.election.enable=true\n" },
  }),
  overStack({
    id: "kafka-acl-required",
    controls: ["MSK-13"],
    severity: "high",
    missingIs: "right",
    whatToDo: "set allow.everyone.if.no.acl.found=false, or sign in by IAM only",
    check: (stack) => {
      const byAcl = stack
        .of(cluster)
        .some(
          ({ inputs }) =>
            read(inputs, "clientAuthentication.sasl.scram") === true ||
            read(inputs, "clientAuthentication.tls") !== undefined,
        );
      if (!byAcl) return [];
      return stack
        .of("aws:msk/configuration:Configuration")
        .filter(
          ({ inputs }) => !text(inputs.serverProperties).includes("allow.everyone.if.no.acl.found=false"),
        )
        .map((resource) => ({
          resource,
          message: "serverProperties: got no allow.everyone.if.no.acl.found=false",
        }));
    },
    pass: aclExample("allow.everyone.if.no.acl.found=false"),
    fail: aclExample("num.partitions=6"),
    missing: [{ type: cluster }, { type: "aws:msk/configuration:Configuration" }],
  }),
  policyDocumentRule({
    id: "kafka-policy-not-public",
    controls: ["MSK-18"],
    severity: "high",
    types: ["aws:msk/clusterPolicy:ClusterPolicy"],
    path: "policy",
    whatToDo: "name the accounts that connect",
    wrong: admitsEverybody,
    pass: policyDocument({
      Principal: { AWS: "111122223333" },
      Action: "kafka:CreateVpcConnection",
      Resource: "*",
    }),
    fail: policyDocument({ Principal: "*", Action: "kafka:CreateVpcConnection", Resource: "*" }),
  }),
  overStack({
    id: "kafka-scram-secret-named",
    controls: ["MSK-17"],
    severity: "high",
    missingIs: "right",
    whatToDo: 'begin the name with "AmazonMSK_" and give it a customer key: MSK refuses others',
    check: (stack) =>
      stack
        .of("aws:secretsmanager/secret:Secret")
        .filter(
          (secret) =>
            stack
              .of(
                "aws:msk/scramSecretAssociation:ScramSecretAssociation",
                "aws:msk/singleScramSecretAssociation:SingleScramSecretAssociation",
              )
              .some(
                (one) =>
                  stack.linked(one, "secretArnLists", secret) || stack.linked(one, "secretArn", secret),
              ) && !(startOfName(secret).startsWith("AmazonMSK_") && customKey.holds(secret.inputs.kmsKeyId)),
        )
        .map((resource) => ({
          resource,
          message: mismatch("name", startOfName(resource), "AmazonMSK_…"),
        })),
    pass: scramExample({ name: "AmazonMSK_tasks", kmsKeyId: "key" }),
    fail: scramExample({ name: "tasks" }),
    missing: [{ type: "aws:secretsmanager/secret:Secret" }],
  }),
  custom({
    id: "kafka-connector-encrypted",
    controls: ["MSK-20"],
    severity: "medium",
    types: ["aws:mskconnect/connector:Connector"],
    whatToDo: "set TLS and deliver its logs",
    check: ({ kafkaClusterEncryptionInTransit, logDelivery }) => [
      ...unless(
        record(kafkaClusterEncryptionInTransit).encryptionType === "TLS",
        "kafkaClusterEncryptionInTransit: allowed: TLS",
      ),
      ...(logDelivery === undefined ? ["logDelivery: got nothing; allowed: a target"] : []),
    ],
    pass: {
      kafkaClusterEncryptionInTransit: { encryptionType: "TLS" },
      logDelivery: { workerLogDelivery: {} },
    },
    fail: {
      kafkaClusterEncryptionInTransit: { encryptionType: "PLAINTEXT" },
      logDelivery: { workerLogDelivery: {} },
    },
  }),
];

function configsOf(configs: unknown): Plain {
  return record(parsed(text(configs)));
}

function topic(minInSync: string, retentionMs: number): string {
  return JSON.stringify({
    "cleanup.policy": "delete",
    "min.insync.replicas": minInSync,
    "retention.ms": String(retentionMs),
  });
}

function aclExample(serverProperties: string) {
  return [
    { type: cluster, inputs: { clientAuthentication: { sasl: { scram: true } } } },
    { type: "aws:msk/configuration:Configuration", inputs: { serverProperties } },
  ];
}

function scramExample(inputs: Plain) {
  return [
    { type: "aws:secretsmanager/secret:Secret", id: "secret", inputs },
    { type: "aws:msk/scramSecretAssociation:ScramSecretAssociation", inputs: { secretArnLists: ["secret"] } },
  ];
}
