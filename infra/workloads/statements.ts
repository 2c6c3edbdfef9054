import * as pulumi from "@pulumi/pulumi";
import type { StatementInput } from "../../components/base/core/index.ts";
import { cacheConnectStatement } from "../../components/stores/cache/index.ts";
import { clientStatements } from "../../components/stores/kafka-topics/index.ts";
import { connectStatement } from "../../components/stores/postgres/index.ts";
import { kafkaAccess } from "../environment/index.ts";
import type { RoleContext, WorkloadRole } from "./role.ts";

/** IAM statements of a role: it may sign in to the stores that its row names, and do nothing else. */
export function roleStatements(
  { database, cache, kafka }: WorkloadRole,
  { environment: { spec, config }, data }: RoleContext,
): pulumi.Input<readonly StatementInput[]> {
  const stores = [
    connectStatement(spec.region, config.accountId, data.postgres.resourceIds, [database.role]),
    ...(cache ? [cacheConnectStatement(data.cache.arn, data.cache.userArn)] : []),
  ];
  if (kafka === undefined) return stores;
  // ARNs of topics and groups are made from the ARN of the cluster, which is known after its creation only.
  return pulumi
    .all([data.kafka.clusterArn, pulumi.output(stores)])
    .apply(([arn, statements]) => [...clientStatements(arn, kafkaAccess(kafka)), ...statements]);
}
