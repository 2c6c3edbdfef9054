import * as pulumi from "@pulumi/pulumi";
import { database, namespace, topics } from "@task-platform/contracts";
import type { Data } from "./data/index.ts";
import { type Environment, stoppedRoles } from "./environment/index.ts";
import type { Platform } from "./platform/index.ts";
import type { Deployments } from "./workloads/index.ts";

type Output<T> = pulumi.Output<T>;

/**
 * Outputs of a stack, for pipelines and people. `outputs.schema.json` describes them for programs. No output is secret.
 *
 * A new field is compatible. A removed or retyped field breaks readers: it needs a new `version`, and both versions are
 * served for a while.
 */
export interface StackOutputs {
  readonly version: 1;
  readonly environment: string;
  readonly role: "primary" | "standby";
  readonly region: string;
  readonly accountId: string;
  /** Domain of the environment. */
  readonly domain: string;
  readonly vpcId: Output<string>;
  /** Source addresses of our traffic, for the allow-lists of partners. Empty where the addresses are not fixed. */
  readonly natAddresses: readonly Output<string>[];
  readonly clusterName: Output<string>;
  /** Address of the API server. */
  readonly clusterEndpoint: Output<string>;
  readonly databaseHost: Output<string>;
  readonly databasePort: Output<number>;
  readonly databaseName: string;
  /** Where the password of the schema owner is stored, for operators in an emergency. */
  readonly databaseSecretArn: Output<string>;
  readonly cacheHost: Output<string>;
  readonly cachePort: Output<number>;
  /** `host:port,…`, one entry per broker. */
  readonly kafkaBrokers: Output<string>;
  /** An environment that copies the events needs these two in its stack file. */
  readonly kafkaClusterArn: Output<string>;
  readonly kafkaSubnetIds: Output<string[]>;
  /** By their key in the contracts. */
  readonly kafkaTopics: Readonly<Record<string, string>>;
  readonly namespace: string;
  /** Names of the Deployments, by workload. */
  readonly deployments: Readonly<Record<string, Output<string>>>;
  /** Keys of `deployments` that run no pod. A pipeline neither waits for them nor tests them. */
  readonly stopped: readonly string[];
  /** Images that run, by digest. */
  readonly images: { readonly taskApi: string; readonly taskWorker: string };
  /** Topics of alarms: `page` wakes somebody, `ticket` waits for working hours. */
  readonly alertTopicArns: { readonly page: Output<string>; readonly ticket: Output<string> };
}

export function toOutputs(
  { spec, config, roles }: Environment,
  platform: Platform,
  data: Data,
  deployments: Deployments,
): StackOutputs {
  return {
    version: 1,
    environment: spec.name,
    role: spec.role,
    region: spec.region,
    accountId: config.accountId,
    domain: config.domain,
    vpcId: platform.network.vpcId,
    natAddresses: platform.network.natAddresses,
    clusterName: platform.cluster.clusterName,
    clusterEndpoint: platform.cluster.endpoint,
    databaseHost: data.postgres.address,
    databasePort: data.postgres.port,
    databaseName: database.name,
    databaseSecretArn: data.postgres.masterSecretArn,
    cacheHost: data.cache.primaryAddress,
    cachePort: data.cache.port,
    kafkaBrokers: data.kafka.bootstrapBrokers,
    kafkaClusterArn: data.kafka.clusterArn,
    kafkaSubnetIds: pulumi.output(Object.values(platform.network.dataSubnetIds)),
    kafkaTopics: Object.fromEntries(Object.entries(topics).map(([key, topic]) => [key, topic.name])),
    namespace,
    deployments: Object.fromEntries(
      Object.entries(deployments).map(([key, workload]) => [key, workload.deploymentName]),
    ),
    stopped: stoppedRoles(spec, roles).map(({ key }) => key),
    images: { taskApi: config.taskApiImage, taskWorker: config.taskWorkerImage },
    alertTopicArns: { page: platform.alerts.pageTopicArn, ticket: platform.alerts.ticketTopicArn },
  };
}
