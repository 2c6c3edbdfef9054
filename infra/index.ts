// Entry of the Pulumi CLI: every named export is a stack output, so they are the fields of StackOutputs and no others.
// Tools and tests import program.ts, because importing this file builds the platform.
import { program } from "./program.ts";

// The runner of the SDK installs a formatter of traces that reads source maps, and the SDK takes a trace of every promise: that was
// more than half of the time of a run. Node strips types without moving a line, so its own formatter names the right lines.
Reflect.deleteProperty(Error, "prepareStackTrace");

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
