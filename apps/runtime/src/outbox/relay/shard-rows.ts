import type pg from "pg";
import { Batches } from "../../database/index.ts";
import { deleteRows, firstRows, type OutboxRow } from "./statements.ts";

/** Rows of a shard, oldest first. */
export interface FirstRows {
  readonly rows: readonly OutboxRow[];
  /** The shard probably has more rows. */
  readonly more: boolean;
}

interface Read {
  readonly shard: number;
  /** Whether a backlog is expected: the read then has a statement of its own, and many rows. */
  readonly deep: boolean;
  readonly result: PromiseWithResolvers<FirstRows>;
}

interface Removal {
  readonly ids: readonly string[];
  readonly result: PromiseWithResolvers<void>;
}

/** Of each shard in a read for many of them: more than they get between two reads, unless there is a backlog. */
const fewRows = 200;

/**
 * Reads and removes the rows of shards. A connection runs one statement at a time, so what waits meanwhile is read by one
 * statement, and removed by another: twelve shards with a few rows each cost about as much as one.
 */
export class ShardRows {
  readonly #reads: Batches<Read>;
  readonly #removals: Batches<Removal>;

  /** @param batchSize the most rows of a deep read */
  constructor(batchSize: number, query: <T>(work: (client: pg.Client) => Promise<T>) => Promise<T>) {
    this.#reads = new Batches({
      mostRunning: 1,
      take: takeReads,
      write: async (batch) => {
        const limit = batch[0]?.deep === true ? batchSize : Math.min(fewRows, batchSize);
        const shards = batch.map(({ shard }) => shard);
        const found = Map.groupBy(
          await query((client) => firstRows(client, shards, limit)),
          ({ shard }) => shard,
        );
        for (const { shard, result } of batch) {
          const rows = found.get(shard) ?? [];
          result.resolve({ rows, more: rows.length === limit });
        }
      },
      fail: ({ result }, error) => result.reject(error),
    });
    this.#removals = new Batches({
      mostRunning: 1,
      take: (waiting) => waiting.splice(0),
      write: async (batch) => {
        await query((client) =>
          deleteRows(
            client,
            batch.flatMap(({ ids }) => ids),
          ),
        );
        for (const { result } of batch) result.resolve();
      },
      fail: ({ result }, error) => result.reject(error),
    });
  }

  first(shard: number, deep: boolean): Promise<FirstRows> {
    const result = Promise.withResolvers<FirstRows>();
    this.#reads.add({ shard, deep, result });
    return result.promise;
  }

  remove(ids: readonly string[]): Promise<void> {
    const result = Promise.withResolvers<void>();
    this.#removals.add({ ids, result });
    return result.promise;
  }
}

/** A deep read by itself, or all others together. */
function takeReads(waiting: Read[]): readonly Read[] {
  if (waiting[0]?.deep === true) return waiting.splice(0, 1);
  const together = waiting.filter(({ deep }) => !deep);
  waiting.splice(0, waiting.length, ...waiting.filter(({ deep }) => deep));
  return together;
}
