import { cacheKeyPrefix } from "@task-platform/contracts";
import { errorMessage } from "@task-platform/runtime/errors";
import type { Logger } from "@task-platform/runtime/logging";
import type { Redis } from "ioredis";

/** How often something happened in the running window. */
export interface Count {
  readonly current: number;
  /** Milliseconds until the count begins again. */
  readonly ttl: number;
}

/** Counts and dates a key in one step, so that no key is left without an end. */
const script = `
local current = redis.call("INCR", KEYS[1])
if current == 1 then redis.call("PEXPIRE", KEYS[1], ARGV[1]) end
return { current, redis.call("PTTL", KEYS[1]) }`;

/** Within the keys that the user of the cache may touch; any other is refused where access is by IAM. */
const prefix = `${cacheKeyPrefix}rate:`;
/** After a failure Redis is not asked again for this long: a request must not wait for it each time. */
const restMs = 5_000;

/** Counts one more for a key. */
export type RateCounter = (key: string, windowMs: number) => Promise<Count>;

/** Counts in Redis, for all replicas together, and in this process while Redis is away. */
export function createRateCounter(redis: Redis, logger: Logger): RateCounter {
  const local = new LocalCounts();
  let restUntil = 0;
  return async (key, windowMs) => {
    const now = performance.now();
    if (redis.status !== "ready" || now < restUntil) return local.count(key, windowMs, now);
    try {
      const [current, ttl] = (await redis.eval(script, 1, prefix + key, windowMs)) as [number, number];
      return { current, ttl };
    } catch (error) {
      restUntil = now + restMs;
      logger.warn({ reason: errorMessage(error) }, "rates are counted in this process for now");
      return local.count(key, windowMs, now);
    }
  };
}

/** Counts of one process in fixed windows; forgets all keys of a window together, so it cannot grow without end. */
class LocalCounts {
  #window = { ends: 0, counts: new Map<string, number>() };

  count(key: string, windowMs: number, now: number): Count {
    if (this.#window.ends <= now) this.#window = { ends: now + windowMs, counts: new Map() };
    const current = (this.#window.counts.get(key) ?? 0) + 1;
    this.#window.counts.set(key, current);
    return { current, ttl: Math.ceil(this.#window.ends - now) };
  }
}
