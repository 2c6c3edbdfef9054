import { Batches } from "@task-platform/runtime/database";
import type pg from "pg";
import type { Outcome } from "./work.ts";

/** Measured: from 200 rows a larger batch gains little, and each event of a batch waits for the slowest. */
const largestBatch = 500;
/** One batch is written while the next one is filled. */
const mostRunning = 2;

export interface EventRowsOptions<Row> {
  /** Inserts rows from one array for each column, skips those that are there, and returns `event_id` of the others. */
  readonly statement: { readonly name: string; readonly text: string };
  readonly columns: readonly (keyof Row)[];
}

/** Writes one row for each event, many in one statement and one commit. The row is the proof that the event was applied. */
export class EventRows<Row extends { readonly event_id: string }> {
  readonly #pool: pg.Pool;
  readonly #options: EventRowsOptions<Row>;
  readonly #batches = new Batches<Row, Outcome>({
    mostRunning,
    largest: largestBatch,
    write: (rows) => this.#insert(rows),
  });

  constructor(pool: pg.Pool, options: EventRowsOptions<Row>) {
    this.#pool = pool;
    this.#options = options;
  }

  /**
   * Writes the row of an event, unless it was written before. Resolves when that is durable. When the database refuses a row,
   * the others of its batch are written all the same.
   */
  write(row: Row): Promise<Outcome> {
    return this.#batches.add(row);
  }

  async #insert(rows: readonly Row[]): Promise<readonly Outcome[]> {
    const { statement, columns } = this.#options;
    const inserted = await this.#pool.query<{ event_id: string }>({
      ...statement,
      values: columns.map((column) => rows.map((row) => row[column])),
    });
    const fresh = new Set(inserted.rows.map(({ event_id }) => event_id));
    // Deleted, because a second delivery may be in the same batch.
    return rows.map(({ event_id }) => (fresh.delete(event_id.toLowerCase()) ? "applied" : "duplicate"));
  }
}
