import type { Mutation } from "../mutation.ts";

/** The block "kafka". */
export const kafkaMutations: readonly Mutation[] = [
  {
    what: "a cluster with tiers keeps everything on its volumes",
    file: "components/stores/kafka/tiering.ts",
    find: 'tiering === "none" ? "LOCAL" : "TIERED"',
    replace: '"LOCAL"',
    caughtBy: {
      file: "components/stores/kafka/kafka.test.ts",
      test: "topics are created on the cluster, with tiers if the cluster has them",
    },
  },
  {
    what: "topics of a cluster with tiers have no tier",
    file: "components/stores/kafka-topics/topic-spec.ts",
    find: '...(isTiered ? { "remote.storage.enable": "true" } : {}),',
    replace: "",
    caughtBy: {
      file: "components/stores/kafka-topics/topics.test.ts",
      test: "with tiered storage a topic also defines how long events stay on the volumes",
    },
  },
  {
    what: "small brokers may have tiers",
    file: "components/stores/kafka/tiering.ts",
    find: 'unless(instanceType !== "kafka.t3.small", {',
    replace: 'unless(instanceType !== "kafka.t2.small", {',
    caughtBy: {
      file: "components/stores/kafka/check.test.ts",
      test: "small brokers and topics of less than three days cannot have tiers, and are refused together",
    },
  },
  {
    what: "open files of a cluster with tiers need no space",
    file: "components/stores/kafka/storage.ts",
    find: "openBytes: partitions * segmentBytes * replicationFactor",
    replace: "openBytes: 0",
    caughtBy: {
      file: "components/stores/kafka/check.test.ts",
      test: "with tiers only the events on the volumes and one open file per partition must fit",
    },
  },
  {
    what: "brokers also accept clients without TLS",
    file: "components/stores/kafka/kafka.ts",
    find: 'clientBroker: "TLS", inCluster: true',
    replace: 'clientBroker: "TLS_PLAINTEXT", inCluster: true',
    caughtBy: {
      file: "components/stores/kafka/kafka.test.ts",
      test: "the cluster accepts only TLS with IAM, is encrypted and private, and has its subnets in zone order",
    },
  },
  {
    what: "brokers use no TLS between each other",
    file: "components/stores/kafka/kafka.ts",
    find: 'clientBroker: "TLS", inCluster: true',
    replace: 'clientBroker: "TLS", inCluster: false',
    caughtBy: {
      file: "components/stores/kafka/kafka.test.ts",
      test: "the cluster accepts only TLS with IAM, is encrypted and private, and has its subnets in zone order",
    },
  },
  {
    what: "brokers accept clients without authentication",
    file: "components/stores/kafka/kafka.ts",
    find: "unauthenticated: false",
    replace: "unauthenticated: true",
    caughtBy: {
      file: "components/stores/kafka/kafka.test.ts",
      test: "the cluster accepts only TLS with IAM, is encrypted and private, and has its subnets in zone order",
    },
  },
  {
    what: "volumes of brokers are not encrypted with our key",
    file: "components/stores/kafka/kafka.ts",
    find: "        encryptionAtRestKmsKeyArn: args.keyArn,",
    replace: "",
    caughtBy: {
      file: "components/stores/kafka/kafka.test.ts",
      test: "the cluster accepts only TLS with IAM, is encrypted and private, and has its subnets in zone order",
    },
  },
  {
    what: "every plan tries to shrink the volumes of brokers",
    file: "components/stores/kafka/kafka.ts",
    find: '? ["brokerNodeGroupInfo.storageInfo.ebsStorageInfo.volumeSize"]',
    replace: "? []",
    caughtBy: {
      file: "components/stores/kafka/kafka.test.ts",
      test: "volumes grow from 70 % up to the ceiling, and no later plan shrinks them",
    },
  },
  {
    what: "volumes of brokers do not grow",
    file: "components/stores/kafka/kafka.ts",
    find: "    createStorageScaling(name, args.settings, cluster, this);",
    replace: "",
    caughtBy: {
      file: "components/stores/kafka/kafka.test.ts",
      test: "volumes grow from 70 % up to the ceiling, and no later plan shrinks them",
    },
  },
  {
    what: "Kafka has no alarms",
    file: "components/stores/kafka/kafka.ts",
    find: "    createAlarms(name, specs, { topicArn: args.alarmTopicArn }, this);",
    replace: "",
    caughtBy: {
      file: "components/stores/kafka/kafka.test.ts",
      test: "there is one alarm per metric of the cluster, each broker and each group, all sent to the topic",
    },
  },
  {
    what: "a destroy deletes the topics",
    file: "components/stores/kafka-topics/topics.ts",
    find: "        { parent, ...dataOptions(args.removal) },",
    replace: "        { parent },",
    caughtBy: {
      file: "components/stores/kafka/kafka.test.ts",
      test: "with removal retain-data a destroy keeps the cluster and its topics: true",
    },
  },
  {
    what: "a copy that lags may become leader",
    file: "components/stores/kafka/broker-properties.ts",
    find: '"unclean.leader.election.enable": false',
    replace: '"unclean.leader.election.enable": true',
    caughtBy: {
      file: "components/stores/kafka/broker-properties.test.ts",
      test: "brokers confirm writes with two of three copies, never elect a stale leader and never create a topic by accident",
    },
  },
  {
    what: "a misspelt topic is created",
    file: "components/stores/kafka/broker-properties.ts",
    find: '"auto.create.topics.enable": false',
    replace: '"auto.create.topics.enable": true',
    caughtBy: {
      file: "components/stores/kafka/broker-properties.test.ts",
      test: "brokers confirm writes with two of three copies, never elect a stale leader and never create a topic by accident",
    },
  },
  {
    what: "one copy confirms a write",
    file: "components/stores/kafka/broker-properties.ts",
    find: '"min.insync.replicas": 2',
    replace: '"min.insync.replicas": 1',
    caughtBy: {
      file: "components/stores/kafka/broker-properties.test.ts",
      test: "brokers confirm writes with two of three copies, never elect a stale leader and never create a topic by accident",
    },
  },
  {
    what: "a client may read every topic",
    file: "components/stores/kafka-topics/client-statements.ts",
    find: "`${parts[1]}:${kind}/${parts[2]}/${member}`",
    replace: "`${parts[1]}:${kind}/${parts[2]}/${member}*`",
    caughtBy: {
      file: "components/stores/kafka-topics/client-statements.test.ts",
      test: "a producer may connect, write idempotently and write its topics, and read nothing",
    },
  },
  {
    what: "brokers admit every address",
    file: "components/stores/kafka/security-groups.ts",
    find: "        referencedSecurityGroupId: source,",
    replace: '        cidrIpv4: "0.0.0.0/0",',
    caughtBy: {
      file: "components/stores/kafka/kafka.test.ts",
      test: "only the group of the brokers and the named client groups reach port 9098",
    },
  },
  {
    what: "partitions without a leader fire no alarm",
    file: "components/stores/kafka/alarms.ts",
    find: 'metric: "OfflinePartitionsCount"',
    replace: 'metric: "GlobalPartitionCount"',
    caughtBy: {
      file: "components/stores/kafka/alarms.test.ts",
      test: "the cluster, every broker and every consumer group on each of its topics have alarms",
    },
  },
  {
    what: "events are deleted after an hour",
    file: "components/stores/kafka-topics/topic-spec.ts",
    find: "String(topic.retentionHours * msPerHour)",
    replace: "String(msPerHour)",
    caughtBy: {
      file: "components/stores/kafka-topics/topics.test.ts",
      test: "a topic has its own name, deletes events after its retention, and confirms a write with its minimum of copies",
    },
  },
  {
    what: "a relay writes into the topics that a copy fills",
    file: "infra/environment/check-kafka-copy.ts",
    find: "kafka !== undefined && ",
    replace: 'kafka !== undefined && key !== "relay" && ',
    caughtBy: {
      file: "tests/program/kafka-copy.test.ts",
      test: "a copy without its source, beside writers, or from a place that is not the source's is refused at once",
    },
  },
  {
    what: "events are copied from the brokers of another account",
    file: "infra/environment/check-kafka-copy.ts",
    find: "region === wanted && account === accountId",
    replace: "region === wanted",
    caughtBy: {
      file: "tests/program/kafka-copy.test.ts",
      test: "a copy without its source, beside writers, or from a place that is not the source's is refused at once",
    },
  },
  {
    what: "the copy leaves the dead letters behind",
    file: "infra/data/data.ts",
    find: "topics: topicSpecs.map(({ name }) => name),",
    replace: "topics: topicSpecs.slice(0, 1).map(({ name }) => name),",
    caughtBy: {
      file: "tests/program/kafka-copy.test.ts",
      test: "prod lets the replicator of dr in, and dr copies every topic and the place of every group",
    },
  },
  {
    what: "the replicator writes into the topics of the source",
    file: "components/stores/kafka-replicator/statements.ts",
    find: 'memberArns(target, "topic", names.topics)',
    replace: 'memberArns(source, "topic", names.topics)',
    caughtBy: {
      file: "components/stores/kafka-replicator/kafka-replicator.test.ts",
      test: "Only the service in this account takes the role, which reads the source and writes the target by full names",
    },
  },
];
