import { isDataError } from "./errors.ts";

export interface BatchesOptions<Item> {
  /** Batches that are written at the same time. */
  readonly mostRunning: number;
  /** Items that must wait before a batch is written beside another one. @default 1 */
  readonly leastBeside?: number;
  /** Removes the next batch from the items that wait, oldest first; empty when none may be written now. */
  readonly take: (waiting: Item[]) => readonly Item[];
  /** Writes a batch in one transaction, and settles its items. When it rejects, nothing is written and no item is settled. */
  readonly write: (batch: readonly Item[]) => Promise<void>;
  /** Settles an item that cannot be written. */
  readonly fail: (item: Item, error: unknown) => void;
  /** A batch is done, before the next one is taken. */
  readonly done?: (batch: readonly Item[]) => void;
}

/**
 * Writes items in batches: whenever a batch may be written, everything that waits goes into it. There is no timer, so an item
 * that comes alone waits for nothing but what has arrived with it.
 *
 * When the data of an item is to blame, the halves of its batch are tried by themselves, so that only the guilty item fails.
 * Any other error would meet every item, so it fails them all.
 */
export class Batches<Item> {
  readonly #options: BatchesOptions<Item>;
  readonly #waiting: Item[] = [];
  #running = 0;
  #starting = false;

  constructor(options: BatchesOptions<Item>) {
    this.#options = options;
  }

  add(item: Item): void {
    this.#waiting.push(item);
    if (this.#starting) return;
    this.#starting = true;
    // Requests that have arrived together are read one after the other, and this comes after all of them.
    setImmediate(() => {
      this.#starting = false;
      this.#start();
    });
  }

  #start(): void {
    const { mostRunning, leastBeside = 1, take, done } = this.#options;
    while (this.#running < mostRunning) {
      if (this.#running > 0 && this.#waiting.length < leastBeside) return;
      const batch = take(this.#waiting);
      if (batch.length === 0) return;
      this.#running += 1;
      void this.#write(batch).finally(() => {
        this.#running -= 1;
        done?.(batch);
        this.#start();
      });
    }
  }

  async #write(batch: readonly Item[]): Promise<void> {
    const { write, fail } = this.#options;
    try {
      await write(batch);
    } catch (error) {
      if (batch.length === 1 || !isDataError(error)) {
        for (const item of batch) fail(item, error);
        return;
      }
      const half = Math.ceil(batch.length / 2);
      await this.#write(batch.slice(0, half));
      await this.#write(batch.slice(half));
    }
  }
}
