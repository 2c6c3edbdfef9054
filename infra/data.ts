import type * as pulumi from "@pulumi/pulumi";
import { cacheKeyPrefix, consumerGroups, database, kafkaAccess, workloads } from "@task-platform/contracts";
import { Cache } from "../components/stores/cache/index.ts";
import { type ConsumerGroup, Kafka } from "../components/stores/kafka/index.ts";
import { KafkaReplicator } from "../components/stores/kafka-replicator/index.ts";
import { Postgres, type PostgresArgs } from "../components/stores/postgres/index.ts";
import { connectionPools, stoppedWorkloads } from "./capacity.ts";
import type { Environment } from "./environment.ts";
import { topicSpecs } from "./event-topics.ts";
import { physicalNames } from "./names.ts";
import type { Platform } from "./platform.ts";
import type { Providers } from "./providers.ts";
import { createRecoveryKey } from "./recovery.ts";
import { rolePath } from "./roles.ts";

/** Where the platform keeps what must not be lost, and what may. */
export interface Data {
  readonly postgres: Postgres;
  readonly cache: Cache;
  readonly kafka: Kafka;
}

/** The three stores, in the data subnets, open to the nodes of the cluster and to nothing else. */
export function createData(environment: Environment, platform: Platform, providers: Providers): Data {
  const { spec, config } = environment;
  const { keys, network } = platform;
  const names = physicalNames(environment);
  const opts = { providers: providers.all };
  const shared = {
    removal: spec.removal,
    vpcId: network.vpcId,
    subnetIds: network.dataSubnetIds,
    keyArn: keys.arns.data,
    logKeyArn: keys.arns.logs,
    alarmTopicArn: platform.alerts.pageTopicArn,
    clientSecurityGroupIds: { nodes: platform.cluster.nodeSecurityGroupId },
  };
  const recoveryKeyArn =
    spec.postgres.recoveryRetentionDays === 0 ? undefined : createRecoveryKey(environment, providers, "data");

  const postgres = new Postgres(
    "database",
    {
      ...shared,
      settings: spec.postgres,
      identifier: names.database,
      databaseName: database.name,
      masterUsername: database.master,
      accountId: config.accountId,
      region: spec.region,
      recoveryRegion: spec.recoveryRegion,
      ...(recoveryKeyArn ? { recoveryKeyArn } : {}),
      secretKeyArn: keys.arns.secrets,
      masterSecretReaders: masterSecretReaders(environment),
      ...restoreOf(environment, keys.arns.data),
      connectionPools: connectionPools(spec.workloads),
    },
    opts,
  );
  const cache = new Cache(
    "queue",
    {
      ...shared,
      settings: spec.cache,
      groupId: names.cache,
      purpose: "queue",
      applicationUser: { name: names.cacheUser, keyPrefix: cacheKeyPrefix },
    },
    opts,
  );
  const kafka = new Kafka(
    "events",
    {
      ...shared,
      settings: spec.kafka,
      topics: topicSpecs,
      consumerGroups: watchedGroups(environment),
    },
    opts,
  );
  if (spec.kafka.replication === "copy") createCopy(environment, platform, kafka, providers);
  return { postgres, cache, kafka };
}

/** Brings the events of the primary here, and the place of their readers, for the day they go on from here. */
function createCopy(
  { spec, config }: Environment,
  { network, keys, alerts }: Platform,
  kafka: Kafka,
  providers: Providers,
): void {
  const { kafkaSourceClusterArn: clusterArn, kafkaSourceSubnetIds: subnetIds } = config;
  if (clusterArn === undefined || subnetIds === undefined) {
    throw new Error("a page that copies events was not checked: its stack file names no source");
  }
  new KafkaReplicator(
    "events-copy",
    {
      replicatorName: `${physicalNames({ spec }).prefix}-events-copy`,
      accountId: config.accountId,
      region: spec.region,
      settings: spec.kafka,
      source: { clusterArn, subnetIds },
      target: {
        clusterArn: kafka.clusterArn,
        vpcId: network.vpcId,
        subnetIds: network.dataSubnetIds,
        securityGroupId: kafka.securityGroupId,
        topicNames: kafka.topicNames,
      },
      topics: topicSpecs.map(({ name }) => name),
      consumerGroups: Object.values(consumerGroups),
      logKeyArn: keys.arns.logs,
      alarmTopicArn: alerts.ticketTopicArn,
    },
    { providers: providers.all },
  );
}

/** Groups whose lag wakes somebody. One that is stopped falls behind by design: MSK tells the lag of empty groups too. */
function watchedGroups({ spec }: Environment): ConsumerGroup[] {
  if (stoppedWorkloads(spec.workloads).includes("processor")) return [];
  return [{ name: consumerGroups.processor, topics: kafkaAccess.processor.consumes }];
}

/** What an operator asks the database to be made from; with nothing asked it begins empty. */
function restoreOf({ config }: Environment, dataKeyArn: pulumi.Input<string>): Pick<PostgresArgs, "restore"> {
  const { databaseRestoreFrom: from, databaseRestoreTime: time, databaseRestoreKeyArn: keyArn } = config;
  if (from === undefined) return {};
  return { restore: { from, time: time ?? "latest", keyArn: keyArn ?? dataKeyArn } };
}

/** Who reads the password where the program keeps it: the migration, whose role is made later, deploys, emergencies. */
function masterSecretReaders({ spec, config }: Environment): readonly string[] {
  const migration = `arn:aws:iam::${config.accountId}:role${rolePath(spec.name)}${workloads.migrate}-*`;
  return [migration, config.deployRoleArn, config.breakGlassRoleArn];
}
