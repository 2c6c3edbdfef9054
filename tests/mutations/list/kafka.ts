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
      test: "with tiers the service keeps old events in S3, and every topic says what stays on the volumes",
    },
  },
  {
    what: "topics of a cluster with tiers have none",
    file: "components/stores/kafka/topics.ts",
    find: '...(tiering === "none" ? {} : { "remote.storage.enable": "true" }),',
    replace: "",
    caughtBy: {
      file: "components/stores/kafka/kafka.test.ts",
      test: "with tiers the service keeps old events in S3, and every topic says what stays on the volumes",
    },
  },
  {
    what: "small brokers may have tiers",
    file: "components/stores/kafka/tiering.ts",
    find: 'if (instanceType === "kafka.t3.small") {',
    replace: 'if (instanceType === "kafka.t2.small") {',
    caughtBy: {
      file: "components/stores/kafka/check-settings.test.ts",
      test: "small brokers and topics of less than three days cannot have tiers, and are told together",
    },
  },
  {
    what: "open files of a cluster with tiers take no room",
    file: "components/stores/kafka/storage.ts",
    find: "openBytes: partitions * segmentBytes * replicationFactor",
    replace: "openBytes: 0",
    caughtBy: {
      file: "components/stores/kafka/check-settings.test.ts",
      test: "with tiers only what stays on the volumes must fit, and an open file for each partition",
    },
  },
  {
    what: "brokers also speak in the clear",
    file: "components/stores/kafka/kafka.ts",
    find: 'clientBroker: "TLS", inCluster: true',
    replace: 'clientBroker: "TLS_PLAINTEXT", inCluster: true',
    caughtBy: {
      file: "components/stores/kafka/kafka.test.ts",
      test: "the cluster speaks TLS with IAM only, is encrypted, private and has its volumes in zone order",
    },
  },
  {
    what: "brokers speak in the clear among themselves",
    file: "components/stores/kafka/kafka.ts",
    find: 'clientBroker: "TLS", inCluster: true',
    replace: 'clientBroker: "TLS", inCluster: false',
    caughtBy: {
      file: "components/stores/kafka/kafka.test.ts",
      test: "the cluster speaks TLS with IAM only, is encrypted, private and has its volumes in zone order",
    },
  },
  {
    what: "brokers admit clients without a name",
    file: "components/stores/kafka/kafka.ts",
    find: "unauthenticated: false",
    replace: "unauthenticated: true",
    caughtBy: {
      file: "components/stores/kafka/kafka.test.ts",
      test: "the cluster speaks TLS with IAM only, is encrypted, private and has its volumes in zone order",
    },
  },
  {
    what: "volumes of brokers are not encrypted with our key",
    file: "components/stores/kafka/kafka.ts",
    find: "        encryptionAtRestKmsKeyArn: args.keyArn,",
    replace: "",
    caughtBy: {
      file: "components/stores/kafka/kafka.test.ts",
      test: "the cluster speaks TLS with IAM only, is encrypted, private and has its volumes in zone order",
    },
  },
  {
    what: "every plan wants to shrink the volumes of brokers",
    file: "components/stores/kafka/kafka.ts",
    find: '? ["brokerNodeGroupInfo.storageInfo.ebsStorageInfo.volumeSize"]',
    replace: "? []",
    caughtBy: {
      file: "components/stores/kafka/kafka.test.ts",
      test: "volumes grow from 70 % up to the ceiling without a plan wanting to shrink them",
    },
  },
  {
    what: "volumes of brokers do not grow",
    file: "components/stores/kafka/kafka.ts",
    find: "    createStorageScaling(name, args.settings, cluster, this);",
    replace: "",
    caughtBy: {
      file: "components/stores/kafka/kafka.test.ts",
      test: "volumes grow from 70 % up to the ceiling without a plan wanting to shrink them",
    },
  },
  {
    what: "Kafka has no alarms",
    file: "components/stores/kafka/kafka.ts",
    find: "    createAlarms(name, specs, { topicArn: args.alarmTopicArn }, this);",
    replace: "",
    caughtBy: {
      file: "components/stores/kafka/kafka.test.ts",
      test: "there is one alarm a cluster, broker and group metric, all sent to the topic",
    },
  },
  {
    what: "topics go with a destroy",
    file: "components/stores/kafka/kafka.ts",
    find: "        { parent, ...dataOptions(args.removal) },",
    replace: "        { parent },",
    caughtBy: {
      file: "components/stores/kafka/kafka.test.ts",
      test: "with removal retain-data the cluster and its topics are kept: true",
    },
  },
  {
    what: "a copy that lags may become leader",
    file: "components/stores/kafka/broker-properties.ts",
    find: '"unclean.leader.election.enable": false',
    replace: '"unclean.leader.election.enable": true',
    caughtBy: {
      file: "components/stores/kafka/broker-properties.test.ts",
      test: "brokers keep two in-sync copies of three, never elect a stale leader and never create a topic by accident",
    },
  },
  {
    what: "a misspelt topic is made",
    file: "components/stores/kafka/broker-properties.ts",
    find: '"auto.create.topics.enable": false',
    replace: '"auto.create.topics.enable": true',
    caughtBy: {
      file: "components/stores/kafka/broker-properties.test.ts",
      test: "brokers keep two in-sync copies of three, never elect a stale leader and never create a topic by accident",
    },
  },
  {
    what: "one copy is enough for a write",
    file: "components/stores/kafka/broker-properties.ts",
    find: '"min.insync.replicas": 2',
    replace: '"min.insync.replicas": 1',
    caughtBy: {
      file: "components/stores/kafka/broker-properties.test.ts",
      test: "brokers keep two in-sync copies of three, never elect a stale leader and never create a topic by accident",
    },
  },
  {
    what: "a client may read every topic",
    file: "components/stores/kafka/client-statements.ts",
    find: 'names.map((name) => memberArn(clusterArn, "topic", name))',
    replace: 'names.map(() => memberArn(clusterArn, "topic", "*"))',
    caughtBy: {
      file: "components/stores/kafka/client-statements.test.ts",
      test: "a producer may connect, write idempotently and write its topics, and read nothing",
    },
  },
  {
    what: "brokers admit every address",
    file: "components/stores/kafka/firewall.ts",
    find: "        referencedSecurityGroupId: source,",
    replace: '        cidrIpv4: "0.0.0.0/0",',
    caughtBy: {
      file: "components/stores/kafka/kafka.test.ts",
      test: "brokers let in their own group and the named client groups on 9098 and nobody else",
    },
  },
  {
    what: "partitions without a leader are not told",
    file: "components/stores/kafka/alarm-specs.ts",
    find: 'metric: "OfflinePartitionsCount"',
    replace: 'metric: "GlobalPartitionCount"',
    caughtBy: {
      file: "components/stores/kafka/alarm-specs.test.ts",
      test: "the cluster, every broker and every group on each of its topics have alarms",
    },
  },
  {
    what: "events are thrown away after an hour",
    file: "components/stores/kafka/topics.ts",
    find: "String(topic.retentionHours * msPerHour)",
    replace: "String(msPerHour)",
    caughtBy: {
      file: "components/stores/kafka/topics.test.ts",
      test: "a topic deletes after its retention and writes only with its floor of copies",
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
];
