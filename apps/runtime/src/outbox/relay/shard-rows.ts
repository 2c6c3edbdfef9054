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
}

/** Of each shard in a read for many of them: more than they get between two reads, unless there is a backlog. */
const fewRows = 200;

/**
 * Reads and removes the rows of shards. A connection runs one statement at a time, so what waits meanwhile is read by one
 * statement, and removed by another: twelve shards with a few rows each cost about as much as one.
 */
export class ShardRows {
  readonly #reads: Batches<Read, FirstRows>;
  readonly #removals: Batches<readonly string[], number>;

  /** @param batchSize the most rows of a deep read */
  constructor(batchSize: number, query: <T>(work: (client: pg.Client) => Promise<T>) => Promise<T>) {
    this.#reads = new Batches<Read, FirstRows>({
      mostRunning: 1,
      largest: Number.POSITIVE_INFINITY,
      // A deep read by itself, or all others together.
      mayJoin: ({ deep }, [first]) => first === undefined || !(deep || first.deep),
      write: async (batch) => {
        const limit = batch[0]?.deep === true ? batchSize : Math.min(fewRows, batchSize);
        const shards = batch.map(({ shard }) => shard);
        const found = Map.groupBy(
          await query((client) => firstRows(client, shards, limit)),
          ({ shard }) => shard,
        );
        return shards.map((shard) => {
          const rows = found.get(shard) ?? [];
          return { rows, more: rows.length === limit };
        });
      },
    });
    this.#removals = new Batches<readonly string[], number>({
      mostRunning: 1,
      largest: Number.POSITIVE_INFINITY,
      write: async (batch) => {
        await query((client) => deleteRows(client, batch.flat()));
        return batch.map((ids) => ids.length);
      },
    });
  }

  first(shard: number, deep: boolean): Promise<FirstRows> {
    return this.#reads.add({ shard, deep });
  }

  async remove(ids: readonly string[]): Promise<void> {
    await this.#removals.add(ids);
  }
}
