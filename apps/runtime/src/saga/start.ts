import type pg from "pg";
import { isTransientDatabaseError, repeatUpkeep } from "../database/index.ts";
import { type Logger, withCorrelation } from "../logging/index.ts";
import { type Backoff, backoffMs, pause } from "../timing/index.ts";
import type { SagaDefinition } from "./define.ts";
import { nextMove, type SagaTries, usualTries } from "./machine.ts";
import type { SagaMetrics } from "./metrics.ts";
import { runSaga } from "./run-saga.ts";
import { claimSagas, forgetSagas, LeaseLost, measureSagas, type OwnedSaga } from "./store.ts";

export interface SagasOptions {
  readonly pool: pg.Pool;
  /** Every definition that rows may need, also those of older versions. */
  // biome-ignore lint/suspicious/noExplicitAny: each definition has its own data, which its rows hold.
  readonly definitions: readonly SagaDefinition<any>[];
  readonly metrics: SagaMetrics;
  readonly logger: Logger;
  /** How long a saga waits for an owner that is gone. @default 30 s, six times the longest call */
  readonly leaseMs?: number;
  /** @default 250 ms: one cheap statement, four times a second for each replica */
  readonly pollMs?: number;
  /** Sagas that this process works on at once. @default 16 */
  readonly mostRunning?: number;
  readonly tries?: SagaTries;
}

export interface Sagas {
  /** Milliseconds since the table was last read. */
  readonly silentMs: number;
  /** Waits for the running calls, and gives the other sagas back. */
  stop(): Promise<void>;
}

const usualLeaseMs = 30_000;
const usualPollMs = 250;
const usualRunning = 16;
const measureEveryMs = 10_000;
const forgetEveryMs = 600_000;
const outage: Backoff = { firstMs: 250, longestMs: 5_000, jitter: 0.2 };

/**
 * Works on sagas that are due, again and again: new ones, those whose next try is due, and those whose owner is gone. There is
 * no other recovery, so a database that restarts in the middle of it delays it and loses nothing.
 */
export function startSagas(options: SagasOptions): Sagas {
  return new SagaScan(options);
}

class SagaScan implements Sagas {
  readonly #options: SagasOptions;
  readonly #leaseMs: number;
  readonly #mostRunning: number;
  readonly #stop = new AbortController();
  readonly #running = new Set<Promise<void>>();
  readonly #loops: readonly Promise<void>[];
  #read = performance.now();
  #wake = Promise.withResolvers<void>();

  constructor(options: SagasOptions) {
    const {
      pool,
      definitions,
      metrics,
      logger,
      leaseMs = usualLeaseMs,
      mostRunning = usualRunning,
    } = options;
    this.#options = options;
    this.#leaseMs = leaseMs;
    this.#mostRunning = mostRunning;
    const upkeep = { signal: this.#stop.signal, logger };
    this.#loops = [
      this.#scan(),
      repeatUpkeep({ ...upkeep, intervalMs: measureEveryMs, failure: "sagas were not measured" }, async () =>
        metrics.measured(await measureSagas(pool, definitions)),
      ),
      repeatUpkeep(
        { ...upkeep, intervalMs: forgetEveryMs, failure: "old sagas were not deleted" },
        async () => {
          while (!this.#stop.signal.aborted && (await forgetSagas(pool)));
        },
      ),
    ];
  }

  get silentMs(): number {
    return performance.now() - this.#read;
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    this.#wake.resolve();
    await Promise.all([...this.#loops, ...this.#running]);
    // A claim that was under way has begun these.
    await Promise.all(this.#running);
  }

  async #scan(): Promise<void> {
    const { logger, pollMs = usualPollMs } = this.#options;
    const { signal } = this.#stop;
    let failures = 0;
    while (!signal.aborted) {
      this.#wake = Promise.withResolvers();
      try {
        const full = await this.#claim();
        failures = 0;
        if (full && this.#running.size < this.#mostRunning) continue;
        await Promise.race([pauseAbout(pollMs, signal), this.#wake.promise]);
      } catch (error) {
        failures += 1;
        logger.warn({ error, failures }, "sagas could not be read");
        await pause(backoffMs(outage, failures), signal);
      }
    }
  }

  /** True when there are probably more. */
  async #claim(): Promise<boolean> {
    const { pool, definitions } = this.#options;
    const free = this.#mostRunning - this.#running.size;
    if (free <= 0) return false;
    const claimed = await claimSagas(pool, definitions, free, this.#leaseMs);
    this.#read = performance.now();
    for (const saga of claimed) {
      const run = this.#work(saga).finally(() => {
        this.#running.delete(run);
        this.#wake.resolve();
      });
      this.#running.add(run);
    }
    return claimed.length === free;
  }

  async #work(saga: OwnedSaga): Promise<void> {
    const { pool, definitions, metrics, logger, tries = usualTries } = this.#options;
    const { id, name, version, traceparent, correlation_id: correlationId } = saga;
    const definition = definitions.find((one) => one.name === name && one.version === version);
    const correlation = { correlationId, ...(traceparent === null ? {} : { traceparent }) };
    const options = { pool, leaseMs: this.#leaseMs, tries, metrics, logger, stop: this.#stop.signal };
    await withCorrelation(correlation, async () => {
      try {
        if (definition === undefined || !fits(definition, saga)) throw new Error(otherSteps);
        if (saga.fresh) metrics.started.inc({ saga: name });
        await runSaga(saga, definition, options);
      } catch (error) {
        if (error instanceof LeaseLost) {
          metrics.lost.inc();
          logger.warn({ saga_id: id }, "another owner has taken a saga");
        } else {
          const level = isTransientDatabaseError(error) ? "warn" : "error";
          logger[level]({ error, saga_id: id }, "a saga waits for its next owner");
        }
      }
    });
  }
}

const otherSteps = "the steps of the row are not those of its definition; a changed saga needs a new version";

/** Whether the row has the steps of the definition; nobody may run the third step of other steps. */
function fits(definition: SagaDefinition, saga: OwnedSaga): boolean {
  const names = definition.steps.map(({ name }) => name);
  return nextMove(saga) !== undefined && saga.steps.map(({ name }) => name).join() === names.join();
}

/** Varies, so that replicas that started together do not read at the same time. */
async function pauseAbout(delayMs: number, signal: AbortSignal): Promise<void> {
  await pause(delayMs * (0.8 + 0.4 * Math.random()), signal);
}
