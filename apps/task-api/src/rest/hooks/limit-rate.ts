import rateLimit from "@fastify/rate-limit";
import type { FastifyInstance } from "fastify";
import { type RateCounter, rateKey, rateProblem, rateWindowMs } from "../../rates/index.ts";
import type { SecurityEvents } from "../../security-events.ts";
import { createRateStore } from "./rate-store.ts";

/**
 * Limits the requests per minute of each subject, counted in Redis for all replicas together. While Redis is unavailable,
 * each replica counts alone with the same limit, so the total limit is multiplied by the number of replicas.
 */
export async function limitRate(
  app: FastifyInstance,
  options: { perMinute: number; count: RateCounter; events: SecurityEvents },
): Promise<void> {
  await app.register(rateLimit, {
    max: options.perMinute,
    timeWindow: rateWindowMs,
    // After authentication: with an unverified subject, anyone could use up the limit of another user.
    hook: "preParsing",
    keyGenerator: (request) => rateKey(request.caller.userId),
    store: createRateStore(options.count),
    onExceeded: () => options.events.rateLimited(),
    errorResponseBuilder: (_request, { ttl }) => rateProblem(options.perMinute, ttl),
  });
}
