import * as pulumi from "@pulumi/pulumi";
import { database, namespace, topics } from "@task-platform/contracts";
import { stoppedWorkloads } from "./capacity.ts";
import type { Data } from "./data.ts";
import type { Environment } from "./environment.ts";
import type { Platform } from "./platform.ts";
import type { Deployments } from "./workloads.ts";

type Output<T> = pulumi.Output<T>;

/**
 * What pipelines and people read of a stack; `outputs.schema.json` is the same for programs. Nothing in it is secret.
 *
 * Adding a field changes nothing. Removing or retyping one breaks readers: that is a new `version`, and both for a while.
 */
export interface StackOutputs {
  readonly version: 1;
  readonly environment: string;
  readonly role: "primary" | "standby";
  readonly region: string;
  readonly accountId: string;
  /** Under which the environment is reached. */
  readonly domain: string;
  readonly vpcId: Output<string>;
  /** For allow-lists of partners: what they see us come from. Empty where the addresses are not ours to keep. */
  readonly natAddresses: readonly Output<string>[];
  readonly clusterName: Output<string>;
  /** Address of the API server. */
  readonly clusterEndpoint: Output<string>;
  readonly databaseHost: Output<string>;
  readonly databasePort: Output<number>;
  readonly databaseName: string;
  /** For operators in an emergency: where the password of the schema owner is, not what it is. */
  readonly databaseSecretArn: Output<string>;
  readonly cacheHost: Output<string>;
  readonly cachePort: Output<number>;
  /** `host:port,…`, one a broker. */
  readonly kafkaBrokers: Output<string>;
  /** What the stack file of an environment that copies the events asks for. */
  readonly kafkaClusterArn: Output<string>;
  readonly kafkaSubnetIds: Output<string[]>;
  /** By their key in the contracts. */
  readonly kafkaTopics: Readonly<Record<string, string>>;
  readonly namespace: string;
  /** Names of the Deployments, by workload. */
  readonly deployments: Readonly<Record<string, Output<string>>>;
  /** Keys of `deployments` that run no pod: nothing to wait for, and nothing to try out. */
  readonly stopped: readonly string[];
  /** What runs, by digest. */
  readonly images: { readonly taskApi: string; readonly taskWorker: string };
  /** Where alarms go: what wakes somebody, and what waits for the morning. */
  readonly alertTopicArns: { readonly page: Output<string>; readonly ticket: Output<string> };
}

export function toOutputs(
  { spec, config }: Environment,
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
    stopped: stoppedWorkloads(spec.workloads),
    images: { taskApi: config.taskApiImage, taskWorker: config.taskWorkerImage },
    alertTopicArns: { page: platform.alerts.pageTopicArn, ticket: platform.alerts.ticketTopicArn },
  };
}
