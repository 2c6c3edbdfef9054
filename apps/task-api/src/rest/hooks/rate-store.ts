import type { FastifyRateLimitStore, FastifyRateLimitStoreCtor } from "@fastify/rate-limit";
import { errorMessage, type Logger } from "@task-platform/runtime";
import type { Redis } from "ioredis";

interface Count {
  readonly current: number;
  /** Milliseconds until the count begins again. */
  readonly ttl: number;
}

/** Counts and dates a key in one step, so that no key is left without an end. */
const script = `
local current = redis.call("INCR", KEYS[1])
if current == 1 then redis.call("PEXPIRE", KEYS[1], ARGV[1]) end
return { current, redis.call("PTTL", KEYS[1]) }`;

const prefix = "task-api:rate:";
/** After a failure Redis is not asked again for this long: a request must not wait for it each time. */
const restMs = 5_000;

/** A store for the limiter that counts in Redis, and in this process while Redis is away. */
export function createRateStore(redis: Redis, logger: Logger): FastifyRateLimitStoreCtor {
  const local = new LocalCounts();
  let restUntil = 0;
  const count = async (key: string, windowMs: number): Promise<Count> => {
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
  return class implements FastifyRateLimitStore {
    incr(key: string, done: (error: Error | null, result?: Count) => void, windowMs = 60_000): void {
      count(key, windowMs).then(
        (result) => done(null, result),
        (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
      );
    }

    child(): FastifyRateLimitStore {
      return this;
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
