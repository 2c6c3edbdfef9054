import { setTimeout as delay } from "node:timers/promises";
import type { OutgoingRecord } from "../kafka/index.ts";
import { maxBatchBytes } from "../kafka/index.ts";
import type { Logger } from "../logging/index.ts";
import type { OutboxMetrics } from "./metrics.ts";
import type { OutboxRow } from "./statements.ts";

export interface ShardWorkerOptions {
  readonly shard: number;
  readonly topic: string;
  readonly batchSize: number;
  /** Reads the first rows of the shard, oldest first. */
  readonly read: (shard: number, limit: number) => Promise<OutboxRow[]>;
  readonly remove: (ids: readonly string[]) => Promise<void>;
  /** Value of the record: the payload behind the header of the registry. */
  readonly frame: (schemaVersion: number, payload: Buffer) => Promise<Buffer>;
  readonly send: (records: readonly OutgoingRecord[]) => Promise<void>;
  readonly metrics: OutboxMetrics;
  readonly logger: Logger;
  /** The database connection, and with it the lock on the shard, can no longer be trusted. */
  readonly onDatabaseError: (error: unknown) => void;
}

const firstBackoffMs = 250;
/** The oldest event waits at most so long after Kafka is back. */
const longestBackoffMs = 5_000;
const jitter = 0.2;

/**
 * Publishes the rows of one shard, oldest first, one batch at a time, for as long as it holds the shard's lock.
 *
 * No transaction is open while Kafka is asked: only the holder of the lock removes rows, so nothing needs to be held,
 * and an outage of Kafka keeps neither a snapshot nor a row lock in the database. A crash between acknowledgement and
 * removal publishes the batch again; readers drop what they have seen.
 *
 * Order is that of the ids that are visible. Two transactions of one user must therefore not overlap: whoever writes
 * the outbox locks the user's row or changes one task at a time.
 */
export class ShardWorker {
  readonly #options: ShardWorkerOptions;
  readonly #stop = new AbortController();
  #wake = Promise.withResolvers<void>();
  #failures = 0;
  readonly #running: Promise<void>;

  constructor(options: ShardWorkerOptions) {
    this.#options = options;
    this.#running = this.#run();
  }

  /** Tells that there may be something to publish. */
  wake(): void {
    this.#wake.resolve();
  }

  /** Waits for the batch under way. */
  async stop(): Promise<void> {
    this.#stop.abort();
    this.wake();
    await this.#running;
  }

  async #run(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      // Renewed before reading: a notification that comes meanwhile is not lost.
      this.#wake = Promise.withResolvers();
      const more = await this.#publishBatch();
      if (!more && !this.#stop.signal.aborted) await this.#wake.promise;
    }
  }

  /** True when there may be more to publish at once. */
  async #publishBatch(): Promise<boolean> {
    const { shard, batchSize, read, remove, onDatabaseError } = this.#options;
    let rows: OutboxRow[];
    try {
      rows = withinBatchBytes(await read(shard, batchSize));
    } catch (error) {
      onDatabaseError(error);
      return false;
    }
    if (rows.length === 0) return false;
    if (!(await this.#send(rows))) return true;
    try {
      await remove(rows.map((row) => row.id));
    } catch (error) {
      onDatabaseError(error);
      return false;
    }
    this.#options.metrics.published.inc(rows.length);
    return true;
  }

  async #send(rows: readonly OutboxRow[]): Promise<boolean> {
    const { send, metrics, logger, shard } = this.#options;
    const end = metrics.publishSeconds.startTimer();
    try {
      await send(await Promise.all(rows.map((row) => this.#toRecord(row))));
      end();
      if (this.#failures > 0)
        logger.info({ shard, failures: this.#failures }, "events can be published again");
      this.#failures = 0;
      return true;
    } catch (error) {
      this.#failures += 1;
      metrics.failures.inc();
      const backoffMs = this.#backoffMs();
      logger.error(
        { error, shard, failures: this.#failures, backoffMs },
        "events could not be published and stay in the outbox",
      );
      await delay(backoffMs, undefined, { signal: this.#stop.signal }).catch(() => undefined);
      return false;
    }
  }

  #backoffMs(): number {
    const full = Math.min(firstBackoffMs * 2 ** (this.#failures - 1), longestBackoffMs);
    return Math.round(full * (1 + jitter * (2 * Math.random() - 1)));
  }

  async #toRecord(row: OutboxRow): Promise<OutgoingRecord> {
    const texts = Object.entries(row.headers).filter(
      (entry): entry is [string, string] => typeof entry[1] === "string",
    );
    return {
      topic: this.#options.topic,
      // A shard is a partition, so one writer at a time writes to a partition.
      partition: this.#options.shard,
      key: Buffer.from(row.key),
      value: await this.#options.frame(row.schema_version, row.payload),
      headers: { ...Object.fromEntries(texts), event_type: row.event_type },
    };
  }
}

/** Rows that fit one batch of the brokers; the first one always, so that the refusal of a giant is seen and told. */
function withinBatchBytes(rows: readonly OutboxRow[]): OutboxRow[] {
  let bytes = 0;
  return rows.filter((row, at) => {
    bytes += row.payload.length + row.key.length + JSON.stringify(row.headers).length;
    return at === 0 || bytes <= maxBatchBytes;
  });
}
