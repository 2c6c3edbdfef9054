import { cacheKeyPrefix } from "@task-platform/contracts";
import { Batches } from "@task-platform/runtime/database";
import { errorMessage } from "@task-platform/runtime/errors";
import type { Logger } from "@task-platform/runtime/logging";
import type { Redis } from "ioredis";
import { rateWindowMs } from "./limit.ts";

/** The number of requests in the current window. */
export interface Count {
  readonly current: number;
  /** Milliseconds until the window ends. */
  readonly ttl: number;
}

/** Increments each key, and sets the expiry of a new one in the same step, so that no key stays without an expiry. */
const script = `
local counts = {}
for at, key in ipairs(KEYS) do
  local current = redis.call("INCR", key)
  if current == 1 then redis.call("PEXPIRE", key, ARGV[1]) end
  counts[at * 2 - 1] = current
  counts[at * 2] = redis.call("PTTL", key)
end
return counts`;

/** The access rules of the cache allow only keys with this prefix. */
const prefix = `${cacheKeyPrefix}rate:`;
/** After a failure, Redis is not used for this long, so that not every request waits for it. */
const pauseMs = 5_000;

/** Adds one request to the count of a key. */
export type RateCounter = (key: string) => Promise<Count>;

/**
 * Counts in Redis for all replicas together, and in this process while Redis is unavailable.
 *
 * Requests that arrive together share one call: a call for each was a tenth of the processor time of a request.
 */
export function createRateCounter(redis: Redis, logger: Logger): RateCounter {
  const local = new LocalCounts();
  let pausedUntil = 0;
  const batches = new Batches<string, Count>({
    mostRunning: Number.POSITIVE_INFINITY,
    largest: Number.POSITIVE_INFINITY,
    write: async (keys) => {
      try {
        const names = keys.map((key) => prefix + key);
        const counts = (await redis.eval(script, keys.length, ...names, rateWindowMs)) as number[];
        return keys.map((_, at) => ({ current: counts[at * 2] ?? 0, ttl: counts[at * 2 + 1] ?? 0 }));
      } catch (error) {
        pausedUntil = performance.now() + pauseMs;
        logger.warn({ reason: errorMessage(error) }, "rates are counted in this process for now");
        throw error;
      }
    },
  });
  return async (key) => {
    if (redis.status === "ready" && performance.now() >= pausedUntil) {
      try {
        return await batches.add(key);
      } catch {
        // Counted below.
      }
    }
    return local.count(key, performance.now());
  };
}

/** The counts of one process in fixed windows. A new window starts empty, so the memory is bounded. */
class LocalCounts {
  #window = { ends: 0, counts: new Map<string, number>() };

  count(key: string, now: number): Count {
    if (this.#window.ends <= now) this.#window = { ends: now + rateWindowMs, counts: new Map() };
    const current = (this.#window.counts.get(key) ?? 0) + 1;
    this.#window.counts.set(key, current);
    return { current, ttl: Math.ceil(this.#window.ends - now) };
  }
}
