import { partitionOf } from "@task-platform/contracts";
import { PartitionProgress } from "./partition-progress.ts";
import type { ReceivedRecord } from "./records.ts";

export type RecordHandler = (record: ReceivedRecord, signal: AbortSignal) => Promise<void>;

export interface LanesOptions {
  /** Lanes of one partition; records of one key always take the same one. */
  readonly lanes: number;
  readonly handle: RecordHandler;
  /** Whether the partition is still ours; asked again right before each record is handled. */
  readonly owns: (partition: number) => boolean;
  readonly onDone: () => void;
  readonly onError: (error: unknown) => void;
}

/**
 * One assignment of partitions: what was read since it began. Records of one key are handled one after the other,
 * other keys beside them. Once it is over nothing new begins; what has begun is finished.
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

  /** Records read and not done. */
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
      // Later records of this key must not overtake it; without an assignment none begins.
      if (!this.over) {
        this.#controller.abort();
        this.#options.onError(error);
      }
    }
  }

  /** Begins nothing new, wakes handlers that wait for another try, and waits for those that are at work. */
  async finish(): Promise<void> {
    this.#controller.abort();
    await Promise.all(this.#tails.values());
  }

  /** Offsets to commit, of partitions that are still ours. */
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
 * Hashes another form of the key than the producer did: all keys of a partition have the same remainder already. Records
 * without a key have no order to keep among themselves, but share one lane: they are rare and broken.
 */
function laneOf(record: ReceivedRecord, lanes: number): number {
  return record.key === null ? 0 : partitionOf(record.key.toString("base64"), lanes);
}
