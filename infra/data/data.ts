import type * as pulumi from "@pulumi/pulumi";
import { cacheKeyPrefix, database } from "@task-platform/contracts";
import { Cache, type CacheArgs } from "../../components/stores/cache/index.ts";
import { type ConsumerGroup, Kafka } from "../../components/stores/kafka/index.ts";
import { KafkaReplicator } from "../../components/stores/kafka-replicator/index.ts";
import { Postgres, type PostgresArgs } from "../../components/stores/postgres/index.ts";
import {
  connectionPools,
  consumersOf,
  type Environment,
  featuresOf,
  kafkaAccess,
  settingsOf,
  topicSpecs,
} from "../environment/index.ts";
import { migrationName, operatorRoleArn, physicalNames, rolePath } from "../names.ts";
import { createRecoveryKey, type Platform } from "../platform/index.ts";
import type { Providers } from "../providers.ts";

/** The stores of the platform. */
export interface Data {
  readonly postgres: Postgres;
  readonly cache: Cache;
  readonly kafka: Kafka;
}

/** The three stores, in the data subnets. Only the nodes of the cluster can reach them. */
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
  const { backups, databaseCopies, eventReplicator } = featuresOf(spec);
  const recoveryKeyArn = databaseCopies ? createRecoveryKey(environment, providers, "data") : undefined;
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
      continuousBackup: backups !== undefined,
      connectionPools: connectionPools(spec, environment.roles),
    },
    opts,
  );
  const cache = createCache(environment, platform, shared, opts);
  const kafka = new Kafka(
    "events",
    {
      ...shared,
      clusterName: names.kafka,
      settings: spec.kafka,
      topics: topicSpecs,
      consumerGroups: watchedGroups(environment, platform),
    },
    opts,
  );
  if (eventReplicator) createReplicator(environment, platform, kafka, providers);
  return { postgres, cache, kafka };
}

/** The Valkey queue. It tells its own events on a topic in clear; its alarms page by the encrypted one. */
function createCache(
  environment: Environment,
  { alerts }: Platform,
  shared: Omit<CacheArgs, "settings" | "groupId" | "purpose" | "eventTopicArn" | "applicationUser">,
  opts: pulumi.ComponentResourceOptions,
): Cache {
  const names = physicalNames(environment);
  return new Cache(
    "queue",
    {
      ...shared,
      settings: environment.spec.cache,
      groupId: names.cache,
      purpose: "queue",
      eventTopicArn: alerts.cacheEventTopicArn,
      applicationUser: { name: names.cacheUser, keyPrefix: cacheKeyPrefix },
    },
    opts,
  );
}

/** Copies the events and the consumer offsets of the primary here, so that consumers can continue here after a failover. */
function createReplicator(
  { spec, config, roles }: Environment,
  { network, keys, alerts }: Platform,
  kafka: Kafka,
  providers: Providers,
): void {
  const { kafkaSourceClusterArn: clusterArn, kafkaSourceSubnetIds: subnetIds } = config;
  if (clusterArn === undefined || subnetIds === undefined) {
    throw new Error("the spec copies events and its stack file names no source: the checks were skipped");
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
      consumerGroups: roles.flatMap(({ kafka }) => (kafka === undefined ? [] : kafkaAccess(kafka).groups)),
      logKeyArn: keys.arns.logs,
      alarmTopicArn: alerts.ticketTopicArn,
    },
    { providers: providers.all },
  );
}

/**
 * Consumer groups whose lag raises an alarm. A stopped group falls behind by design, and MSK reports the lag of empty groups
 * too, so it has no alarm.
 */
function watchedGroups({ spec, roles }: Environment, { alerts }: Platform): ConsumerGroup[] {
  const running = roles.filter(({ key }) => settingsOf(spec, key).state === "running");
  return consumersOf(running).map(({ behind, ...group }) => ({
    ...group,
    alarmTopicArn: behind === "page" ? alerts.pageTopicArn : alerts.ticketTopicArn,
  }));
}

/** The copy that an operator names for the creation of the database. Without one the database starts empty. */
function restoreOf({ config }: Environment, dataKeyArn: pulumi.Input<string>): Pick<PostgresArgs, "restore"> {
  const { databaseRestoreFrom: from, databaseRestoreTime: time, databaseRestoreKeyArn: keyArn } = config;
  if (from === undefined) return {};
  return { restore: { from, time: time ?? "latest", keyArn: keyArn ?? dataKeyArn } };
}

/** Roles that read the master password where the program keeps it: migration (created later), those that deploy, break-glass. */
function masterSecretReaders({ spec, config }: Environment): readonly string[] {
  const migration = `arn:aws:iam::${config.accountId}:role${rolePath(spec.name)}${migrationName}-*`;
  return [migration, operatorRoleArn(config.accountId), config.deployRoleArn, config.breakGlassRoleArn];
}
