import {
  databaseConfig,
  type EnvironmentVariables,
  kafkaConfig,
  parseEnvironment,
  schemaRegistryConfig,
  serviceConfig,
} from "@task-platform/runtime/config";

/** Configuration that all roles have; a role adds its own. */
export const commonPieces = {
  service: serviceConfig,
  database: databaseConfig,
  kafka: kafkaConfig,
  schemaRegistry: schemaRegistryConfig,
} as const;

/** @throws ConfigurationError with all problems together */
export function checkCommonVariables(variables?: EnvironmentVariables): void {
  parseEnvironment(commonPieces, variables);
}
