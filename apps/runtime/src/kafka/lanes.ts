import { PartitionProgress } from "./partition-progress.ts";
import type { ReceivedRecord } from "./records.ts";

export type RecordHandler = (record: ReceivedRecord, signal: AbortSignal) => Promise<void>;

export interface LanesOptions {
  readonly handle: RecordHandler;
  /** Whether this consumer still owns the partition; checked again right before each record is handled. */
  readonly owns: (partition: number) => boolean;
  readonly onDone: () => void;
  readonly onError: (error: unknown) => void;
}

interface Entry {
  readonly record: ReceivedRecord;
  readonly progress: PartitionProgress;
}

/** The records of a key that wait for the one that is handled. */
interface Lane {
  readonly waiting: Entry[];
  done: Promise<void>;
}

/**
 * The records that were read during one assignment of partitions. Each key of a partition has a lane for as long as it has
 * records: those of one key are handled one after the other, those of other keys concurrently. Records without a key have no
 * order to keep; they are rare and malformed, and share a lane. Once the assignment is over, no handler starts; running ones
 * finish.
 */
export class Lanes {
  readonly #options: LanesOptions;
  readonly #progress = new Map<number, PartitionProgress>();
  readonly #lanes = new Map<string, Lane>();
  readonly #controller = new AbortController();
  #pending = 0;

  constructor(options: LanesOptions) {
    this.#options = options;
  }

  /** Number of records that are read and not done. */
  get pending(): number {
    return this.#pending;
  }

  /** Whether handlers run. */
  get working(): boolean {
    return this.#lanes.size > 0;
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
    const name = `${record.partition}:${record.key?.toString("latin1") ?? ""}`;
    const entry = { record, progress };
    const lane = this.#lanes.get(name);
    if (lane !== undefined) {
      lane.waiting.push(entry);
      return;
    }
    const started: Lane = { waiting: [], done: Promise.resolve() };
    this.#lanes.set(name, started);
    started.done = this.#run(name, started.waiting, entry);
  }

  async #run(name: string, waiting: Entry[], first: Entry): Promise<void> {
    for (let entry: Entry | undefined = first; entry !== undefined; entry = waiting.shift()) {
      const { record, progress } = entry;
      if (this.over || !this.#options.owns(record.partition)) continue;
      try {
        await this.#options.handle(record, this.#controller.signal);
        progress.done(record.offset);
        this.#pending -= 1;
        this.#options.onDone();
      } catch (error) {
        this.#fail(error);
      }
    }
    this.#lanes.delete(name);
  }

  /** Later records of the key must not overtake the failed one, so the whole assignment ends. */
  #fail(error: unknown): void {
    if (this.over) return;
    this.#controller.abort();
    this.#options.onError(error);
  }

  /** Starts no more handlers, aborts the pauses between retries, and waits for running handlers. */
  async finish(): Promise<void> {
    this.#controller.abort();
    await Promise.all([...this.#lanes.values()].map(({ done }) => done));
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
