import * as pulumi from "@pulumi/pulumi";
import {
  consumerGroups,
  database,
  defaultBindAddress,
  ports,
  restApi,
  secrets,
  topics,
  type Variable,
  type WorkloadName,
} from "@task-platform/contracts";
import { poolSizes } from "./capacity.ts";
import type { Data } from "./data.ts";
import type { Environment } from "./environment.ts";
import type { Platform } from "./platform.ts";

/** Variables of a container: only names the contracts know. */
export type Variables = Readonly<Partial<Record<Variable, pulumi.Input<string>>>>;

/** Time a service has to finish what it began after the end signal: the longest request (5 s), a batch and a commit. */
export const shutdownGraceMs = 25_000;

/** Bundle of the RDS authorities inside the images; Node trusts it beside its own. */
const databaseAuthorities = "/app/certs/rds-global-bundle.pem";

/** What every container is told. */
function common(environment: Environment, name: WorkloadName) {
  return {
    SERVICE_NAME: name,
    LOG_LEVEL: "info",
    BIND_ADDRESS: defaultBindAddress,
    ADMIN_PORT: String(ports.admin),
    SHUTDOWN_GRACE_MS: String(shutdownGraceMs),
    // Pod Identity gives credentials and no region; without one the signers of tokens fail.
    AWS_REGION: environment.page.region,
  } satisfies Variables;
}

function postgres({ postgres: store }: Data) {
  return {
    DATABASE_HOST: store.address,
    DATABASE_PORT: asText(store.port),
    DATABASE_NAME: store.databaseName,
    DATABASE_TLS: "verify-full",
    NODE_EXTRA_CA_CERTS: databaseAuthorities,
  } satisfies Variables;
}

function signIn(user: string, poolSize: number) {
  return {
    DATABASE_USER: user,
    DATABASE_AUTH: "iam",
    DATABASE_POOL_SIZE: String(poolSize),
  } satisfies Variables;
}

function redis({ cache }: Data) {
  return {
    REDIS_HOST: cache.primaryAddress,
    REDIS_PORT: asText(cache.port),
    REDIS_AUTH: "iam",
    REDIS_USER: cache.userName,
    REDIS_TLS: "on",
    REDIS_REPLICATION_GROUP: cache.replicationGroupId,
  } satisfies Variables;
}

function kafka({ kafka: store }: Data, environment: Environment) {
  return {
    KAFKA_BROKERS: store.bootstrapBrokers,
    KAFKA_AUTH: "iam",
    KAFKA_TLS: "on",
    SCHEMA_REGISTRY_URL: environment.config.schemaRegistryUrl,
    ...(environment.page.secrets === "none"
      ? {}
      : { SCHEMA_REGISTRY_CREDENTIALS_DIR: secrets.schemaRegistry.directory }),
  } satisfies Variables;
}

export function apiVariables(environment: Environment, { tokens }: Platform, data: Data): Variables {
  return {
    ...common(environment, "task-api"),
    HTTP_PORT: String(ports.http),
    GRPC_PORT: String(ports.grpc),
    ...postgres(data),
    ...signIn(database.roles.api, poolSizes.api),
    DATABASE_READER_HOST: data.postgres.readerAddress,
    ...redis(data),
    AUTH_ISSUER: tokens.issuer,
    AUTH_AUDIENCE: tokens.audience,
    AUTH_JWKS_URL: tokens.jwksUrl,
    RATE_LIMIT_PER_MINUTE: String(restApi.requestsPerMinute),
  };
}

/** The migration signs in as the owner of the schema, by the secret that RDS manages and turns. */
export function migrationVariables(environment: Environment, data: Data): Variables {
  return {
    ...common(environment, "task-migrate"),
    ...postgres(data),
    DATABASE_USER: database.master,
    DATABASE_AUTH: "secret",
    DATABASE_SECRET_ARN: data.postgres.masterSecretArn,
    DATABASE_POOL_SIZE: "1", // One after another, under a lock.
  };
}

export function relayVariables(environment: Environment, data: Data): Variables {
  return {
    ...common(environment, "task-relay"),
    ...postgres(data),
    ...signIn(database.roles.relay, poolSizes.relay),
    ...kafka(data, environment),
    TOPIC_TASK_EVENTS: topicName(data, topics.taskEvents.name),
  };
}

export function processorVariables(environment: Environment, data: Data): Variables {
  return {
    ...common(environment, "task-processor"),
    ...postgres(data),
    ...signIn(database.roles.processor, poolSizes.processor),
    ...kafka(data, environment),
    CONSUMER_GROUP: consumerGroups.processor,
    TOPIC_TASK_EVENTS: topicName(data, topics.taskEvents.name),
    TOPIC_PROCESSOR_DEAD_LETTER: topicName(data, topics.processorDeadLetter.name),
  };
}

/** The name as an output of the topic, so that a pod waits for the topic it uses. */
function topicName({ kafka: store }: Data, name: string): pulumi.Output<string> {
  const topic = store.topicNames[name];
  if (topic === undefined) throw new Error(`no topic "${name}" among those of the contracts`);
  return topic;
}

function asText(port: pulumi.Input<number>): pulumi.Output<string> {
  return pulumi.output(port).apply(String);
}
