import { maxBatchBytes, type OutgoingRecord } from "../../kafka/index.ts";
import type { Logger } from "../../logging/index.ts";
import { type Backoff, backoffMs, pause } from "../../timing/index.ts";
import type { OutboxMetrics } from "./metrics.ts";
import type { OutboxRow } from "./statements.ts";

export interface ShardWorkerOptions {
  readonly shard: number;
  readonly topic: string;
  readonly batchSize: number;
  /** Reads the first rows of the shard, oldest first. */
  readonly read: (shard: number, limit: number) => Promise<OutboxRow[]>;
  readonly remove: (ids: readonly string[]) => Promise<void>;
  /** Value of the record: the header of the schema registry, then the payload. */
  readonly frame: (schemaVersion: number, payload: Buffer) => Promise<Buffer>;
  readonly send: (records: readonly OutgoingRecord[]) => Promise<void>;
  readonly metrics: OutboxMetrics;
  readonly logger: Logger;
  /** The database connection, and with it the lock on the shard, can no longer be trusted. */
  readonly onDatabaseError: (error: unknown) => void;
}

/** `longestMs` limits how long the oldest event waits after Kafka is back. */
const backoff: Backoff = { firstMs: 250, longestMs: 5_000, jitter: 0.2 };

/**
 * Publishes the rows of one shard, oldest first, one batch at a time, while this process holds the lock of the shard.
 *
 * No transaction is open while a batch is sent: only the holder of the lock deletes rows, so no row lock is needed, and
 * an outage of Kafka keeps no snapshot in the database. A crash between acknowledgement and deletion publishes the
 * batch again; consumers drop repeated events.
 *
 * Rows are published in the order of their ids. So transactions that append events of one key must not overlap: the
 * writer takes a lock for the key before it appends.
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

  /** Call it when there may be rows to publish. */
  wake(): void {
    this.#wake.resolve();
  }

  /** Waits for the running batch. */
  async stop(): Promise<void> {
    this.#stop.abort();
    this.wake();
    await this.#running;
  }

  async #run(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      // Renewed before the rows are read, so that no notification is lost meanwhile.
      this.#wake = Promise.withResolvers();
      const more = await this.#publishBatch();
      if (!more && !this.#stop.signal.aborted) await this.#wake.promise;
    }
  }

  /** True when there may be more rows to publish now. */
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
      const delayMs = backoffMs(backoff, this.#failures);
      logger.error(
        { error, shard, failures: this.#failures, backoffMs: delayMs },
        "events could not be published and stay in the outbox",
      );
      await pause(delayMs, this.#stop.signal);
      return false;
    }
  }

  async #toRecord(row: OutboxRow): Promise<OutgoingRecord> {
    const texts = Object.entries(row.headers).filter(
      (entry): entry is [string, string] => typeof entry[1] === "string",
    );
    return {
      topic: this.#options.topic,
      // Each shard has its own partition, so each partition has one writer at a time.
      partition: this.#options.shard,
      key: Buffer.from(row.key),
      value: await this.#options.frame(row.schema_version, row.payload),
      headers: { ...Object.fromEntries(texts), event_type: row.event_type },
    };
  }
}

/** Rows that fit in one batch. Always includes the first one: if it is too large, Kafka refuses it and the error is logged. */
function withinBatchBytes(rows: readonly OutboxRow[]): OutboxRow[] {
  let bytes = 0;
  return rows.filter((row, at) => {
    bytes += row.payload.length + row.key.length + JSON.stringify(row.headers).length;
    return at === 0 || bytes <= maxBatchBytes;
  });
}
