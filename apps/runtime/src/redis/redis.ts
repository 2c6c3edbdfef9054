import { Redis, type RedisOptions } from "ioredis";
import type { RedisConfig } from "../config/index.ts";
import { errorMessage } from "../errors/index.ts";
import type { Logger } from "../logging/index.ts";
import { cacheAuthToken, tokenLifetimeSeconds } from "./auth-token.ts";

/** Redis as a service sees it. */
export interface RedisClient {
  readonly client: Redis;
  close(): Promise<void>;
}

/** What Redis answers is a help, never worth more waiting than the work itself. */
const commandTimeoutMs = 500;
const connectTimeoutMs = 2_000;
const longestPauseMs = 2_000;
/** Renewed well before the end, so that a reconnect at any moment finds a token that is still good. */
const renewTokenMs = (tokenLifetimeSeconds * 1_000) / 2;

/**
 * A connection that repairs itself. A command given while Redis is away fails at once instead of queueing:
 * whoever calls has a way to do without.
 */
export async function createRedis(config: RedisConfig, logger: Logger): Promise<RedisClient> {
  const { auth } = config;
  const options = {
    host: config.host,
    port: config.port,
    ...(config.tls ? { tls: {} } : {}),
    ...(auth.kind === "iam" ? { username: auth.user } : {}),
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    commandTimeout: commandTimeoutMs,
    connectTimeout: connectTimeoutMs,
    retryStrategy: (times: number) => Math.min(100 * times, longestPauseMs),
    lazyConnect: true,
  } satisfies RedisOptions;
  const client = new Redis(options);
  logChanges(client, logger);
  let renewal: NodeJS.Timeout | undefined;
  if (auth.kind === "iam") {
    const renew = async (): Promise<void> => {
      client.options.password = await cacheAuthToken(auth);
    };
    await renew();
    renewal = setInterval(() => {
      renew().catch((error: unknown) => logger.warn({ reason: errorMessage(error) }, "no new cache token"));
    }, renewTokenMs).unref();
  }
  // Not awaited for success: a service starts without Redis and finds it later.
  client.connect().catch(() => undefined);
  return {
    client,
    close: async () => {
      clearInterval(renewal);
      client.disconnect();
    },
  };
}

/** One line when Redis goes and one when it comes back, not one for each attempt. */
function logChanges(client: Redis, logger: Logger): void {
  let away = false;
  client.on("error", (error: Error) => {
    if (!away) logger.warn({ reason: errorMessage(error) }, "Redis is away");
    away = true;
  });
  client.on("ready", () => {
    if (away) logger.info("Redis is back");
    away = false;
  });
}
