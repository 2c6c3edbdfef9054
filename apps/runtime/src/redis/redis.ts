import { Redis, type RedisOptions } from "ioredis";
import type { RedisConfig } from "../config/index.ts";
import { errorMessage } from "../errors/index.ts";
import type { Logger } from "../logging/index.ts";
import { type Backoff, backoffMs } from "../timing/index.ts";
import { cacheAuthToken, tokenLifetimeSeconds } from "./auth-token.ts";

/** The connection of a service to Redis. */
export interface RedisClient {
  readonly client: Redis;
  close(): Promise<void>;
}

/** Every use of Redis is optional, so no request waits long for it. */
const commandTimeoutMs = 500;
const connectTimeoutMs = 2_000;
const reconnectBackoff: Backoff = { firstMs: 100, longestMs: 2_000 };
/** Half of the lifetime, so that a reconnect always has a valid token. */
const renewTokenMs = (tokenLifetimeSeconds * 1_000) / 2;

/**
 * A connection that reconnects by itself. While Redis is down, commands fail at once instead of waiting in a queue:
 * every caller has a fallback.
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
    // Also for READONLY out of a script, which ioredis does not recognise by itself.
    reconnectOnError: (error: Error) => isReadOnly(error),
    retryStrategy: (failures: number) => backoffMs(reconnectBackoff, failures),
    lazyConnect: true,
  } satisfies RedisOptions;
  const client = new Redis(options);
  logChanges(client, logger);
  leaveReplicas(client, logger);
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
  // Not awaited: a service starts without Redis and connects later.
  client.connect().catch(() => undefined);
  return {
    client,
    close: async () => {
      clearInterval(renewal);
      client.disconnect();
    },
  };
}

/** How often the role of the server is asked, so that shared state is back within seconds of a fail-over. */
const roleEveryMs = 2_000;

/**
 * Leaves a server that has become a replica. After a fail-over its connection stays healthy, and it answers reads and refuses
 * writes for ever; a new connection goes to where the name points now. The answer READONLY drops the connection too, but only
 * when somebody writes.
 */
function leaveReplicas(client: Redis, logger: Logger): void {
  const timer = setInterval(() => {
    if (client.status !== "ready") return;
    // The user of a service may run INFO; ROLE counts as administration.
    client
      .info("replication")
      .then((info) => {
        if (!info.includes("role:slave")) return;
        logger.warn("the cache server has become a replica; connecting again");
        client.disconnect(true);
      })
      // A server that does not answer is noticed by the commands themselves.
      .catch(() => undefined);
  }, roleEveryMs).unref();
  client.once("end", () => clearInterval(timer));
}

function isReadOnly({ message }: Error): boolean {
  return message.startsWith("READONLY") || message.includes("-READONLY");
}

/** One line per outage and one when Redis is back, not one per attempt. */
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
