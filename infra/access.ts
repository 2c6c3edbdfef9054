import * as pulumi from "@pulumi/pulumi";
import { database, kafkaAccess } from "@task-platform/contracts";
import type { StatementInput } from "../components/base/core/index.ts";
import { cacheConnectStatement } from "../components/stores/cache/index.ts";
import { clientStatements } from "../components/stores/kafka-topics/index.ts";
import { connectStatement } from "../components/stores/postgres/index.ts";
import type { Data } from "./data.ts";
import type { Environment } from "./environment.ts";
import type { Platform } from "./platform.ts";

/** Statements of a workload's role. */
export type Statements = pulumi.Input<readonly StatementInput[]>;

/** The API signs in to database and cache. It never speaks to Kafka: events leave through the outbox. */
export function apiStatements(environment: Environment, data: Data): Statements {
  return [
    databaseStatement(environment, data, database.roles.api),
    cacheConnectStatement(data.cache.arn, data.cache.userArn),
  ];
}

export function relayStatements(environment: Environment, data: Data): Statements {
  return withKafka(data, "relay", databaseStatement(environment, data, database.roles.relay));
}

export function processorStatements(environment: Environment, data: Data): Statements {
  return withKafka(data, "processor", databaseStatement(environment, data, database.roles.processor));
}

/** The one secret of the owner of the schema, and its key for nothing but Secrets Manager. */
export function migrationStatements(
  { spec }: Environment,
  { keys }: Platform,
  { postgres }: Data,
): Statements {
  return [
    {
      sid: "ReadMasterSecret",
      actions: ["secretsmanager:GetSecretValue"],
      resources: [postgres.masterSecretArn],
    },
    {
      sid: "DecryptMasterSecret",
      actions: ["kms:Decrypt"],
      resources: [keys.arns.secrets],
      conditions: { StringEquals: { "kms:ViaService": `secretsmanager.${spec.region}.amazonaws.com` } },
    },
  ];
}

function databaseStatement({ spec, config }: Environment, { postgres }: Data, role: string): StatementInput {
  return connectStatement(spec.region, config.accountId, postgres.resourceIds, [role]);
}

/** ARNs of topics and groups are made from that of the cluster, which is known only afterwards. */
function withKafka(
  { kafka }: Data,
  workload: keyof typeof kafkaAccess,
  other: StatementInput,
): pulumi.Output<readonly StatementInput[]> {
  return pulumi
    .all([kafka.clusterArn, pulumi.output(other)])
    .apply(([arn, statement]) => [...clientStatements(arn, kafkaAccess[workload]), statement]);
}
