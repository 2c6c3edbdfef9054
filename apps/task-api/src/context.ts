import { createMetricsRegistry, type MetricsRegistry } from "@task-platform/runtime/admin";
import { createDatabase, type Database } from "@task-platform/runtime/database";
import type { Logger } from "@task-platform/runtime/logging";
import { createRedis, type RedisClient } from "@task-platform/runtime/redis";
import { createTokenVerifier, type TokenVerifier } from "./auth/index.ts";
import type { Config } from "./config.ts";
import { createRateCounter, type RateCounter } from "./rates/index.ts";
import { createRequestMetrics, type RequestMetrics } from "./request-metrics.ts";
import { createSecurityEvents, type SecurityEvents } from "./security-events.ts";
import {
  ChangeSignals,
  CreateQueue,
  createTaskEvents,
  createWaitingGauge,
  Pages,
  PageTokenKeys,
  type TaskEvents,
  Turns,
} from "./tasks/index.ts";

/** The objects that live as long as the service. */
export interface Context {
  readonly database: Database;
  readonly redis: RedisClient;
  readonly verifyToken: TokenVerifier;
  readonly metricsRegistry: MetricsRegistry;
  readonly requests: RequestMetrics;
  readonly countRate: RateCounter;
  readonly taskEvents: TaskEvents;
  readonly pages: Pages;
  readonly pageTokenKeys: PageTokenKeys;
  readonly creates: CreateQueue;
  readonly turns: Turns;
  readonly signals: ChangeSignals;
  readonly securityEvents: SecurityEvents;
  readonly logger: Logger;
}

export async function createContext(config: Config, logger: Logger): Promise<Context> {
  const metricsRegistry = createMetricsRegistry(config.service.name);
  const redis = await createRedis(config.redis, logger.child({ logger: "redis" }));
  const database = createDatabase(config.database, logger.child({ logger: "database" }));
  const waiting = createWaitingGauge(metricsRegistry);
  return {
    database,
    redis,
    verifyToken: createTokenVerifier(config.auth),
    metricsRegistry,
    requests: createRequestMetrics(metricsRegistry),
    countRate: createRateCounter(redis.client, logger.child({ logger: "rate" })),
    taskEvents: createTaskEvents(logger.child({ logger: "tasks" }), metricsRegistry),
    pages: new Pages(database),
    pageTokenKeys: new PageTokenKeys(database),
    creates: new CreateQueue(database.primary, waiting),
    turns: new Turns(config.database.connectionPoolSize, waiting),
    signals: new ChangeSignals(database.primary, logger.child({ logger: "tasks" })),
    securityEvents: createSecurityEvents(logger.child({ logger: "security" }), metricsRegistry),
    logger,
  };
}
