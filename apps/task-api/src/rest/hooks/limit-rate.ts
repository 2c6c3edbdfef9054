import rateLimit from "@fastify/rate-limit";
import { type Logger, type RedisClient, userHash } from "@task-platform/runtime";
import type { FastifyInstance } from "fastify";
import type { SecurityEvents } from "../../events.ts";
import { Problem } from "../../problems/index.ts";
import { createRateStore } from "./rate-store.ts";

const windowMs = 60_000;

/**
 * Limits the requests a minute of each subject, counted in Redis for all replicas together. While Redis is away
 * each replica counts alone: the limit of one replica holds, the limit of all is looser by their number, and nobody is
 * locked out or let through without any.
 */
export async function limitRate(
  app: FastifyInstance,
  options: { perMinute: number; redis: RedisClient; events: SecurityEvents; logger: Logger },
): Promise<void> {
  await app.register(rateLimit, {
    max: options.perMinute,
    timeWindow: windowMs,
    // Behind authentication: a limit by an unverified name would let anyone use up another's.
    hook: "preParsing",
    keyGenerator: (request) => userHash(request.caller.userId),
    store: createRateStore(options.redis.client, options.logger),
    onExceeded: () => options.events.rateLimited(),
    errorResponseBuilder: (_request, { ttl }) =>
      new Problem("rate-limited", `at most ${options.perMinute} requests a minute`, {
        headers: { "retry-after": String(Math.ceil(ttl / 1000)) },
      }),
  });
}
