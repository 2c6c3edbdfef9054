import { setTimeout as delay } from "node:timers/promises";
import type { OutgoingRecord } from "./records.ts";

/** docs/requirements.md, events: how long a record waits for others to share its batch. */
const lingerMs = 5;
/** Below the brokers' limit of 1 MiB per batch, which they apply after compression. */
export const maxBatchBytes = 900_000;

interface Entry {
  readonly records: readonly OutgoingRecord[];
  readonly bytes: number;
  readonly done: PromiseWithResolvers<void>;
}

/** Size of a record before compression, without the few bytes of its framing. */
function recordBytes(record: OutgoingRecord): number {
  let bytes = (record.key?.length ?? 0) + (record.value?.length ?? 0);
  for (const [name, value] of Object.entries(record.headers)) bytes += name.length + Buffer.byteLength(value);
  return bytes;
}

/**
 * Sends the records of one partition, one batch at a time. After a failure the client may renew its producer id: of two
 * concurrent batches, the second could then be written first.
 */
export class PartitionQueue {
  readonly #send: (records: OutgoingRecord[]) => Promise<void>;
  readonly #waiting: Entry[] = [];
  #running = false;

  constructor(send: (records: OutgoingRecord[]) => Promise<void>) {
    this.#send = send;
  }

  /** Resolves when all in-sync replicas have the records. The records of one call stay in one batch. */
  add(records: readonly OutgoingRecord[]): Promise<void> {
    const bytes = records.reduce((sum, record) => sum + recordBytes(record), 0);
    const done = Promise.withResolvers<void>();
    this.#waiting.push({ records, bytes, done });
    if (!this.#running) {
      this.#running = true;
      void this.#run();
    }
    return done.promise;
  }

  async #run(): Promise<void> {
    await delay(lingerMs);
    while (this.#waiting.length > 0) await this.#sendBatch(this.#takeBatch());
    this.#running = false;
  }

  #takeBatch(): Entry[] {
    const batch: Entry[] = [];
    let bytes = 0;
    for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
      if (batch.length > 0 && bytes + next.bytes > maxBatchBytes) break;
      bytes += next.bytes;
      batch.push(next);
      this.#waiting.shift();
    }
    return batch;
  }

  async #sendBatch(batch: readonly Entry[]): Promise<void> {
    try {
      await this.#send(batch.flatMap((entry) => entry.records));
      for (const entry of batch) entry.done.resolve();
    } catch (error) {
      for (const entry of batch) entry.done.reject(error);
    }
  }
}
