export { type AuthConfig, authConfig } from "./auth.ts";
export { type DatabaseAuth, type DatabaseConfig, databaseConfig } from "./database.ts";
export { type KafkaConfig, kafkaConfig } from "./kafka.ts";
export { type ConfigPiece, definePiece, type EnvironmentVariables, parseEnvironment } from "./parse.ts";
export { ConfigurationError } from "./problems.ts";
export { type RedisConfig, redisConfig } from "./redis.ts";
export { type SchemaRegistryConfig, schemaRegistryConfig } from "./schema-registry.ts";
export { type LogLevel, type ServiceConfig, serviceConfig } from "./service.ts";
export { hostName, integer, list, name, oneOf, port, url } from "./values.ts";
