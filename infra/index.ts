// Entry of the Pulumi CLI: every named export is a stack output, so they are the fields of StackOutputs and no others.
// Tools and tests import program.ts, because importing this file builds the platform.
import { program } from "./program.ts";

export const {
  version,
  environment,
  role,
  region,
  accountId,
  domain,
  vpcId,
  natAddresses,
  clusterName,
  clusterEndpoint,
  databaseHost,
  databasePort,
  databaseName,
  databaseSecretArn,
  cacheHost,
  cachePort,
  kafkaBrokers,
  kafkaClusterArn,
  kafkaSubnetIds,
  kafkaTopics,
  namespace,
  deployments,
  stopped,
  images,
  alertTopicArns,
} = program();
