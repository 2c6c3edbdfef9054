import {
  createDatabase,
  createRedis,
  createRegistry,
  type Database,
  type Logger,
  type RedisClient,
  type Registry,
} from "@task-platform/runtime";
import { createTokenVerifier, type TokenVerifier } from "./auth/index.ts";
import type { Config } from "./config.ts";
import { createRateCounter, type RateCounter } from "./rates/index.ts";
import { createRequestMetrics, type RequestMetrics } from "./request-metrics.ts";
import { createSecurityEvents, type SecurityEvents } from "./security-events.ts";
import { createTaskEvents, type TaskEvents } from "./tasks/index.ts";

/** The objects that live as long as the service. */
export interface Context {
  readonly database: Database;
  readonly redis: RedisClient;
  readonly verifyToken: TokenVerifier;
  readonly registry: Registry;
  readonly requests: RequestMetrics;
  readonly countRate: RateCounter;
  readonly taskEvents: TaskEvents;
  readonly securityEvents: SecurityEvents;
  readonly logger: Logger;
}

export async function createContext(config: Config, logger: Logger): Promise<Context> {
  const registry = createRegistry(config.service.name);
  const redis = await createRedis(config.redis, logger.child({ logger: "redis" }));
  return {
    database: createDatabase(config.database, logger.child({ logger: "database" })),
    redis,
    verifyToken: createTokenVerifier(config.auth),
    registry,
    requests: createRequestMetrics(registry),
    countRate: createRateCounter(redis.client, logger.child({ logger: "rate" })),
    taskEvents: createTaskEvents(logger.child({ logger: "tasks" }), registry),
    securityEvents: createSecurityEvents(logger.child({ logger: "security" }), registry),
    logger,
  };
}
