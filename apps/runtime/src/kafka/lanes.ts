import { partitionOf } from "@task-platform/contracts";
import { PartitionProgress } from "./partition-progress.ts";
import type { ReceivedRecord } from "./records.ts";

export type RecordHandler = (record: ReceivedRecord, signal: AbortSignal) => Promise<void>;

export interface LanesOptions {
  /** Lanes per partition. Records of one key always use the same lane. */
  readonly lanes: number;
  readonly handle: RecordHandler;
  /** Whether this consumer still owns the partition; checked again right before each record is handled. */
  readonly owns: (partition: number) => boolean;
  readonly onDone: () => void;
  readonly onError: (error: unknown) => void;
}

/**
 * The records that were read during one assignment of partitions. Records of one key are handled one after the other,
 * records of other keys concurrently. Once the assignment is over, no handler starts; running ones finish.
 */
export class Lanes {
  readonly #options: LanesOptions;
  readonly #progress = new Map<number, PartitionProgress>();
  readonly #tails = new Map<string, Promise<void>>();
  readonly #controller = new AbortController();
  #pending = 0;

  constructor(options: LanesOptions) {
    this.#options = options;
  }

  /** Number of records that are read and not done. */
  get pending(): number {
    return this.#pending;
  }

  get over(): boolean {
    return this.#controller.signal.aborted;
  }

  add(record: ReceivedRecord): void {
    if (this.over || !this.#options.owns(record.partition)) return;
    const progress = this.#progress.get(record.partition) ?? new PartitionProgress();
    this.#progress.set(record.partition, progress);
    if (!progress.read(record.offset)) return;
    this.#pending += 1;
    const lane = `${record.partition}:${laneOf(record, this.#options.lanes)}`;
    const tail = (this.#tails.get(lane) ?? Promise.resolve()).then(() => this.#handle(record, progress));
    this.#tails.set(lane, tail);
  }

  async #handle(record: ReceivedRecord, progress: PartitionProgress): Promise<void> {
    if (this.over || !this.#options.owns(record.partition)) return;
    try {
      await this.#options.handle(record, this.#controller.signal);
      progress.done(record.offset);
      this.#pending -= 1;
      this.#options.onDone();
    } catch (error) {
      // Later records of this key must not overtake the failed one, so the whole assignment ends.
      if (!this.over) {
        this.#controller.abort();
        this.#options.onError(error);
      }
    }
  }

  /** Starts no more handlers, aborts the pauses between retries, and waits for running handlers. */
  async finish(): Promise<void> {
    this.#controller.abort();
    await Promise.all(this.#tails.values());
  }

  /** Offsets to commit, of partitions that this consumer still owns. */
  toCommit(): { readonly partition: number; readonly offset: bigint }[] {
    return [...this.#progress].flatMap(([partition, { toCommit }]) =>
      toCommit === undefined || !this.#options.owns(partition) ? [] : [{ partition, offset: toCommit }],
    );
  }

  committed(partition: number, offset: bigint): void {
    this.#progress.get(partition)?.committed(offset);
  }
}

/**
 * Hashes the base64 form of the key. The producer hashed the key itself, so all keys of a partition would give the same
 * remainder. Records without a key have no order to keep; they are rare and malformed, and share one lane.
 */
function laneOf(record: ReceivedRecord, lanes: number): number {
  return record.key === null ? 0 : partitionOf(record.key.toString("base64"), lanes);
}
