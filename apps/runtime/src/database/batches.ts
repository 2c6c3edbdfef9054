import { isDataError } from "./errors.ts";

export interface BatchesOptions<Item, Result> {
  /** Batches that are written at the same time. */
  readonly mostRunning: number;
  /** Items that must wait before a batch is written beside another one. @default 1 */
  readonly leastBeside?: number;
  /** Items in a batch. */
  readonly largest: number;
  /** Whether an item may join the batch, which holds older items; otherwise it waits for a later one. @default always */
  readonly mayJoin?: (item: Item, batch: readonly Item[]) => boolean;
  /** An item whose signal is aborted before its batch is written fails with the reason, and is not written. */
  readonly signalOf?: (item: Item) => AbortSignal | undefined;
  /** Writes a batch in one transaction; one result for each item, in order. When it rejects, nothing is written. */
  readonly write: (batch: readonly Item[]) => Promise<readonly Result[]>;
  /** A batch is done, before the next one is taken. */
  readonly done?: (batch: readonly Item[]) => void;
}

interface Entry<Item, Result> {
  readonly item: Item;
  readonly result: PromiseWithResolvers<Result>;
}

/**
 * Writes items in batches: whenever a batch may be written, everything that waits goes into it, oldest first. There is no
 * timer, so an item that comes alone waits for nothing but what has arrived with it.
 *
 * When the data of an item is to blame, the halves of its batch are tried by themselves, so that only the guilty item fails.
 * Any other error would meet every item, so it fails them all.
 */
export class Batches<Item, Result> {
  readonly #options: BatchesOptions<Item, Result>;
  #waiting: Entry<Item, Result>[] = [];
  #running = 0;
  #starting = false;

  constructor(options: BatchesOptions<Item, Result>) {
    this.#options = options;
  }

  /** The result of the item, once its batch is written. Rejects when it cannot be written. */
  add(item: Item): Promise<Result> {
    const result = Promise.withResolvers<Result>();
    this.#waiting.push({ item, result });
    if (!this.#starting) {
      this.#starting = true;
      // Requests that have arrived together are read one after the other, and this comes after all of them.
      setImmediate(() => {
        this.#starting = false;
        this.#start();
      });
    }
    return result.promise;
  }

  #start(): void {
    const { mostRunning, leastBeside = 1, done } = this.#options;
    while (this.#running < mostRunning) {
      if (this.#running > 0 && this.#waiting.length < leastBeside) return;
      const batch = this.#take();
      if (batch.length === 0) return;
      this.#running += 1;
      void this.#write(batch).finally(() => {
        this.#running -= 1;
        done?.(batch.map(({ item }) => item));
        this.#start();
      });
    }
  }

  #take(): readonly Entry<Item, Result>[] {
    const { largest, mayJoin, signalOf } = this.#options;
    const batch: Item[] = [];
    const taken: Entry<Item, Result>[] = [];
    const left: Entry<Item, Result>[] = [];
    for (const entry of this.#waiting) {
      const signal = signalOf?.(entry.item);
      if (signal?.aborted) entry.result.reject(signal.reason);
      else if (batch.length < largest && (mayJoin?.(entry.item, batch) ?? true)) {
        batch.push(entry.item);
        taken.push(entry);
      } else left.push(entry);
    }
    this.#waiting = left;
    return taken;
  }

  async #write(entries: readonly Entry<Item, Result>[]): Promise<void> {
    try {
      const results = await this.#options.write(entries.map(({ item }) => item));
      for (const [at, { result }] of entries.entries()) result.resolve(results[at] as Result);
    } catch (error) {
      if (entries.length === 1 || !isDataError(error)) {
        for (const { result } of entries) result.reject(error);
        return;
      }
      const half = Math.ceil(entries.length / 2);
      await this.#write(entries.slice(0, half));
      await this.#write(entries.slice(half));
    }
  }
}
