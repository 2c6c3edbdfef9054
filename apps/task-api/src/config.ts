import { ports, restApi, watchTasks } from "@task-platform/contracts";
import {
  type AuthConfig,
  authConfig,
  type DatabaseConfig,
  databaseConfig,
  definePiece,
  integer,
  oneOf,
  parseEnvironment,
  port,
  type RedisConfig,
  redisConfig,
  type ServiceConfig,
  serviceConfig,
} from "@task-platform/runtime/config";

const mostRequestsPerMinute = 1_000_000;

const httpConfig = definePiece(
  {
    HTTP_PORT: port().default(ports.http),
    RATE_LIMIT_PER_MINUTE: integer(1, mostRequestsPerMinute).default(restApi.requestsPerMinute),
    API_DOCS: oneOf(["on", "off"]).default("off"),
  },
  (raw) => ({
    port: raw.HTTP_PORT,
    requestsPerMinute: raw.RATE_LIMIT_PER_MINUTE,
    docs: raw.API_DOCS,
  }),
);

/** Load balancers end a stream that is quiet for a minute. */
const longestHeartbeatMs = 59_000;

const grpcConfig = definePiece(
  {
    GRPC_PORT: port().default(ports.grpc),
    WATCH_HEARTBEAT_MS: integer(10, longestHeartbeatMs).default(watchTasks.heartbeatSeconds * 1_000),
  },
  (raw) => ({ port: raw.GRPC_PORT, heartbeatMs: raw.WATCH_HEARTBEAT_MS }),
);

/** The configuration of the task API. */
export interface Config {
  readonly service: ServiceConfig;
  readonly http: {
    readonly port: number;
    readonly requestsPerMinute: number;
    /** Whether everyone may read the documentation of the API. */
    readonly docs: "on" | "off";
  };
  readonly grpc: { readonly port: number; readonly heartbeatMs: number };
  readonly database: DatabaseConfig;
  readonly redis: RedisConfig;
  readonly auth: AuthConfig;
}

/** @throws ConfigurationError with every problem. */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  return parseEnvironment(
    {
      service: serviceConfig,
      http: httpConfig,
      grpc: grpcConfig,
      database: databaseConfig,
      redis: redisConfig,
      auth: authConfig,
    },
    environment,
  );
}

/** The configuration of the migration, which serves no requests and checks no tokens. */
export interface MigrationConfig {
  readonly service: ServiceConfig;
  readonly database: DatabaseConfig;
}

/** @throws ConfigurationError with every problem. */
export function readMigrationConfig(environment: NodeJS.ProcessEnv = process.env): MigrationConfig {
  return parseEnvironment({ service: serviceConfig, database: databaseConfig }, environment);
}
