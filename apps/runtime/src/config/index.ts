export { type AuthConfig, authConfig } from "./auth.ts";
export { type DatabaseAuth, type DatabaseConfig, databaseConfig } from "./database.ts";
export { type ConfigPiece, definePiece, parseEnvironment, type Report } from "./parse.ts";
export { ConfigurationError, type ConfigurationProblem } from "./problems.ts";
export { type RedisConfig, redisConfig } from "./redis.ts";
export { type LogLevel, logLevels, type ServiceConfig, serviceConfig } from "./service.ts";
export { absolutePath, hostName, integer, list, name, oneOf, port, url } from "./values.ts";
