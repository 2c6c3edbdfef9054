import type { Mutation } from "../mutation.ts";

/** PostgreSQL, cache, Kafka and backups. */
export const storesMutations: readonly Mutation[] = [
  {
    what: "the logs of the database are not encrypted",
    file: "components/stores/postgres-monitoring/log-groups.ts",
    find: "          kmsKeyId: args.logKeyArn,",
    replace: "",
    caughtBy: {
      file: "components/stores/postgres-monitoring/postgres-monitoring.test.ts",
      test: "Log groups have the names that RDS writes to, a key and a retention, and a destroy keeps them",
    },
  },
  {
    what: "a restore in the stack file replaces the existing database",
    file: "components/stores/postgres/instances.ts",
    find: '"snapshotIdentifier", "restoreToPointInTime", "kmsKeyId"',
    replace: '"snapshotIdentifier", "kmsKeyId"',
    caughtBy: {
      file: "components/stores/postgres/restore.test.ts",
      test: "After creation, no change of restore, key, name or master user replaces a database",
    },
  },
  {
    what: "a blue/green update to another major has no logical replication",
    file: "components/stores/postgres-engine/parameters.ts",
    find: 'restart("rds.logical_replication", "1")',
    replace: "",
    caughtBy: {
      file: "components/stores/postgres/lifecycle.test.ts",
      test: "Blue/green updates use a copy, our password, and logical replication for majors",
    },
  },
  {
    what: "the cache also accepts connections without TLS",
    file: "components/stores/cache/cache.ts",
    find: 'transitEncryptionMode: "required"',
    replace: 'transitEncryptionMode: "preferred"',
    caughtBy: {
      file: "components/stores/cache/cache.test.ts",
      test: "The group fails over between zones, accepts only TLS, is encrypted, and changes in its window",
    },
  },
  {
    what: "the cache admits every address",
    file: "components/base/store-parts/client-security-group.ts",
    find: "        referencedSecurityGroupId: clientId,",
    replace: '        cidrIpv4: "0.0.0.0/0",',
    caughtBy: {
      file: "components/stores/cache/cache.test.ts",
      test: "Only the named security groups reach port 6379",
    },
  },
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
    what: "the replicator writes into the topics of the source",
    file: "components/stores/kafka-replicator/statements.ts",
    find: 'memberArns(target, "topic", names.topics)',
    replace: 'memberArns(source, "topic", names.topics)',
    caughtBy: {
      file: "components/stores/kafka-replicator/kafka-replicator.test.ts",
      test: "Only the service in this account takes the role, which reads the source and writes the target by full names",
    },
  },
  {
    what: "continuous backups are deleted after one day",
    file: "components/stores/backups/backups.ts",
    find: "          lifecycle: { deleteAfter: settings.continuousRetentionDays },",
    replace: "          lifecycle: { deleteAfter: 1 },",
    caughtBy: {
      file: "components/stores/backups/backups.test.ts",
      test: "The plan copies a daily backup to the recovery region, and makes a recovery point every hour",
    },
  },
];
