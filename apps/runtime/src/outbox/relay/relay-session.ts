import type pg from "pg";
import { pause } from "../../timing/index.ts";
import { ShardRows } from "./shard-rows.ts";
import { ShardWorker, type ShardWorkerOptions } from "./shard-worker.ts";
import {
  countRelays,
  measureBacklog,
  openSession,
  shardsWithRows,
  tryLockShard,
  unlockShard,
} from "./statements.ts";

export type RelaySessionOptions = { readonly shards: number } & Pick<
  ShardWorkerOptions,
  "topic" | "send" | "schemaId" | "metrics" | "logger"
> & { readonly batchSize: number };

/** Finds rows whose notification was lost with a connection, or was sent before this session listened. */
const pollMs = 200;
/** How often shards are distributed again. The shards of a dead relay wait at most this long. */
const shareEveryMs = 1_000;
const measureEveryMs = 5_000;
/** How long stopping waits for running batches. Events of unfinished ones stay in the outbox and are published again. */
const stopLimitMs = 10_000;

/** One session on the database and the shards that it holds; both end together. */
export class RelaySession {
  readonly #options: RelaySessionOptions;
  readonly #client: pg.Client;
  readonly #workers = new Map<number, ShardWorker>();
  readonly #rows: ShardRows;
  readonly #broken = Promise.withResolvers<never>();
  #lastStatement: Promise<unknown> = Promise.resolve();
  connected = false;
  oldestAgeSeconds = 0;

  constructor(options: RelaySessionOptions, client: pg.Client) {
    this.#options = options;
    this.#client = client;
    this.#rows = new ShardRows(options.batchSize, (work) => this.#query(work));
    this.#broken.promise.catch(() => undefined);
    client.on("error", (error) => this.#broken.reject(error));
    client.on("end", () => this.#broken.reject(new Error("the database connection ended")));
    client.on("notification", ({ payload }) => this.#workers.get(Number(payload))?.wake());
  }

  get held(): readonly number[] {
    return [...this.#workers.keys()].toSorted((a, b) => a - b);
  }

  async open(): Promise<void> {
    await openSession(this.#client);
    this.connected = true;
  }

  /** Runs until stopped. Rejects when the connection is broken. */
  async run(signal: AbortSignal): Promise<void> {
    const ticking = (async () => {
      let nextShare = 0;
      let nextMeasure = 0;
      while (!signal.aborted && this.connected) {
        const now = performance.now();
        if (now >= nextShare) {
          await this.#share();
          nextShare = now + shareEveryMs;
        }
        if (now >= nextMeasure) {
          await this.#measure();
          nextMeasure = now + measureEveryMs;
        }
        for (const shard of await this.#query((client) => shardsWithRows(client, this.held)))
          this.#workers.get(shard)?.wake();
        await pause(pollMs, signal);
      }
    })();
    await Promise.race([ticking, this.#broken.promise]);
  }

  /** Stops the workers, then ends the connection, which releases every lock. */
  async close(): Promise<void> {
    this.connected = false;
    const stopping = Promise.all([...this.#workers.values()].map((worker) => worker.stop()));
    const limit = new AbortController();
    await Promise.race([stopping, pause(stopLimitMs, limit.signal)]);
    limit.abort();
    this.#workers.clear();
    this.#options.metrics.shards.set(0);
    this.#options.metrics.pending.set(0);
    this.#options.metrics.oldestAgeSeconds.set(0);
    await this.#client.end().catch(() => undefined);
  }

  /** Gives back shards above the fair share and takes free shards up to it. */
  async #share(): Promise<void> {
    const { shards, metrics, logger } = this.#options;
    const relays = Math.max(1, await this.#query(countRelays));
    const fair = Math.ceil(shards / relays);
    const before = this.held;
    await Promise.all(before.slice(fair).map((shard) => this.#giveBack(shard)));
    for (let shard = 0; shard < shards && this.#workers.size < fair; shard += 1) {
      if (this.#workers.has(shard) || !(await this.#query((client) => tryLockShard(client, shard)))) continue;
      this.#workers.set(shard, this.#startWorker(shard));
    }
    metrics.shards.set(this.#workers.size);
    if (before.join() !== this.held.join()) logger.info({ shards: this.held, relays }, "shards distributed");
  }

  /** Unlocks after the last batch, so that the next holder does not read rows that are being published. */
  async #giveBack(shard: number): Promise<void> {
    await this.#workers.get(shard)?.stop();
    this.#workers.delete(shard);
    await this.#query((client) => unlockShard(client, shard));
  }

  #startWorker(shard: number): ShardWorker {
    return new ShardWorker({
      ...this.#options,
      shard,
      read: (deep) => this.#rows.first(shard, deep),
      remove: (ids) => this.#rows.remove(ids),
      onDatabaseError: (error) => this.#broken.reject(error),
    });
  }

  /** A connection runs one statement at a time. The driver warns when it has to queue them, so they queue here. */
  #query<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
    const result = this.#lastStatement.then(() => work(this.#client));
    this.#lastStatement = result.catch(() => undefined);
    return result;
  }

  async #measure(): Promise<void> {
    const { metrics } = this.#options;
    const { pending, oldestSeconds } = await this.#query((client) => measureBacklog(client, this.held));
    metrics.pending.set(pending);
    metrics.oldestAgeSeconds.set(oldestSeconds);
    this.oldestAgeSeconds = oldestSeconds;
  }
}
