import rateLimit from "@fastify/rate-limit";
import type { FastifyInstance } from "fastify";
import type { SecurityEvents } from "../../events.ts";
import { type RateCounter, rateKey, rateProblem, rateWindowMs } from "../../rates/index.ts";
import { createRateStore } from "./rate-store.ts";

/**
 * Limits the requests a minute of each subject, counted in Redis for all replicas together. While Redis is away
 * each replica counts alone: the limit of one replica holds, the limit of all is looser by their number, and nobody is
 * locked out or let through without any.
 */
export async function limitRate(
  app: FastifyInstance,
  options: { perMinute: number; count: RateCounter; events: SecurityEvents },
): Promise<void> {
  await app.register(rateLimit, {
    max: options.perMinute,
    timeWindow: rateWindowMs,
    // Behind authentication: a limit by an unverified name would let anyone use up another's.
    hook: "preParsing",
    keyGenerator: (request) => rateKey(request.caller.userId),
    store: createRateStore(options.count),
    onExceeded: () => options.events.rateLimited(),
    errorResponseBuilder: (_request, { ttl }) => rateProblem(options.perMinute, ttl),
  });
}
