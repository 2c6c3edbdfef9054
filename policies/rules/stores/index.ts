import type { Rule } from "../../kit/index.ts";
import { backupRules } from "./backups.ts";
import { cacheRules } from "./cache.ts";
import { cacheOperationRules } from "./cache-operation.ts";
import { cacheUserRules } from "./cache-users.ts";
import { databaseRules } from "./database.ts";
import { databaseAccessRules } from "./database-access.ts";
import { databaseOperationRules } from "./database-operation.ts";
import { databaseParameterRules } from "./database-parameters.ts";
import { databaseRelatedRules } from "./database-related.ts";
import { kafkaRules } from "./kafka.ts";
import { kafkaRelatedRules } from "./kafka-related.ts";

/** Rules for the database, the cache, Kafka and their backups. */
export const storeRules: readonly Rule[] = [
  ...backupRules,
  ...cacheOperationRules,
  ...cacheUserRules,
  ...cacheRules,
  ...databaseAccessRules,
  ...databaseOperationRules,
  ...databaseParameterRules,
  ...databaseRelatedRules,
  ...databaseRules,
  ...kafkaRelatedRules,
  ...kafkaRules,
];
