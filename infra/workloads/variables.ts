import * as pulumi from "@pulumi/pulumi";
import { defaultBindAddress, ports, secrets } from "@task-platform/contracts";
import type { Data } from "../data/index.ts";
import { type Environment, featuresOf, shutdownGraceMs } from "../environment/index.ts";
import type { Container, RoleContext, Variables, WorkloadRole } from "./role.ts";

/** Certificates of the RDS authorities inside the images. Node trusts them in addition to its own. */
const databaseAuthorities = "/app/certs/rds-global-bundle.pem";

/** Variables of a role: the common ones, those that follow from what it connects to, and its own. */
export function roleVariables(role: WorkloadRole, context: RoleContext): Variables {
  const { environment, data } = context;
  return {
    ...jobVariables(role, context),
    DATABASE_USER: role.database.role,
    DATABASE_AUTH: "iam",
    DATABASE_POOL_SIZE: String(role.database.poolSize),
    ...(role.cache ? cacheVariables(data) : {}),
    ...(role.kafka ? kafkaVariables(data, environment) : {}),
  };
}

/** Variables of a container that signs in to the database by its own means. */
export function jobVariables(container: Container, context: RoleContext): Variables {
  return {
    ...commonVariables(context.environment, container.name),
    ...databaseVariables(context.data),
    ...container.variables(context),
  };
}

function commonVariables({ spec }: Environment, name: string): Variables {
  return {
    SERVICE_NAME: name,
    LOG_LEVEL: "info",
    BIND_ADDRESS: defaultBindAddress,
    ADMIN_PORT: String(ports.admin),
    SHUTDOWN_GRACE_MS: String(shutdownGraceMs),
    // EKS Pod Identity gives credentials and no region. Without a region the token signers fail.
    AWS_REGION: spec.region,
  };
}

function databaseVariables({ postgres }: Data): Variables {
  return {
    DATABASE_HOST: postgres.address,
    DATABASE_PORT: asText(postgres.port),
    DATABASE_NAME: postgres.databaseName,
    DATABASE_TLS: "verify-full",
    NODE_EXTRA_CA_CERTS: databaseAuthorities,
  };
}

function cacheVariables({ cache }: Data): Variables {
  return {
    REDIS_HOST: cache.primaryAddress,
    REDIS_PORT: asText(cache.port),
    REDIS_AUTH: "iam",
    REDIS_USER: cache.userName,
    REDIS_TLS: "on",
    REDIS_REPLICATION_GROUP: cache.replicationGroupId,
  };
}

function kafkaVariables({ kafka }: Data, { spec, config }: Environment): Variables {
  return {
    KAFKA_BROKERS: kafka.bootstrapBrokers,
    KAFKA_AUTH: "iam",
    KAFKA_TLS: "on",
    SCHEMA_REGISTRY_URL: config.schemaRegistryUrl,
    ...(featuresOf(spec).secrets
      ? { SCHEMA_REGISTRY_CREDENTIALS_DIR: secrets.schemaRegistry.directory }
      : {}),
  };
}

/** Name of a topic as an output of the topic, so that a pod waits for the topics it uses. */
export function topicName({ kafka }: Data, name: string): pulumi.Output<string> {
  const topic = kafka.topicNames[name];
  if (topic === undefined) throw new Error(`no topic "${name}" in apps/contracts`);
  return topic;
}

function asText(port: pulumi.Input<number>): pulumi.Output<string> {
  return pulumi.output(port).apply(String);
}
