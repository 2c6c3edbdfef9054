import { cacheKeyPrefix } from "@task-platform/contracts";
import { errorMessage } from "@task-platform/runtime/errors";
import type { Logger } from "@task-platform/runtime/logging";
import type { Redis } from "ioredis";

/** The number of requests in the current window. */
export interface Count {
  readonly current: number;
  /** Milliseconds until the window ends. */
  readonly ttl: number;
}

/** Increments a key and sets its expiry in one step, so that no key stays without an expiry. */
const script = `
local current = redis.call("INCR", KEYS[1])
if current == 1 then redis.call("PEXPIRE", KEYS[1], ARGV[1]) end
return { current, redis.call("PTTL", KEYS[1]) }`;

/** The access rules of the cache allow only keys with this prefix. */
const prefix = `${cacheKeyPrefix}rate:`;
/** After a failure, Redis is not used for this long, so that not every request waits for it. */
const pauseMs = 5_000;

/** Adds one request to the count of a key. */
export type RateCounter = (key: string, windowMs: number) => Promise<Count>;

/** Counts in Redis for all replicas together, and in this process while Redis is unavailable. */
export function createRateCounter(redis: Redis, logger: Logger): RateCounter {
  const local = new LocalCounts();
  let pausedUntil = 0;
  return async (key, windowMs) => {
    const now = performance.now();
    if (redis.status !== "ready" || now < pausedUntil) return local.count(key, windowMs, now);
    try {
      const [current, ttl] = (await redis.eval(script, 1, prefix + key, windowMs)) as [number, number];
      return { current, ttl };
    } catch (error) {
      pausedUntil = now + pauseMs;
      logger.warn({ reason: errorMessage(error) }, "rates are counted in this process for now");
      return local.count(key, windowMs, now);
    }
  };
}

/** The counts of one process in fixed windows. A new window starts empty, so the memory is bounded. */
class LocalCounts {
  #window = { ends: 0, counts: new Map<string, number>() };

  count(key: string, windowMs: number, now: number): Count {
    if (this.#window.ends <= now) this.#window = { ends: now + windowMs, counts: new Map() };
    const current = (this.#window.counts.get(key) ?? 0) + 1;
    this.#window.counts.set(key, current);
    return { current, ttl: Math.ceil(this.#window.ends - now) };
  }
}
