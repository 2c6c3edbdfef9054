import type { TaskEvent } from "@task-platform/contracts";
import { Batches } from "@task-platform/runtime/database";
import { statistics } from "@task-platform/schema/names";
import type pg from "pg";
import type { Outcome } from "../consumer/index.ts";
import { type Count, toCount } from "./to-count.ts";

/** As for the effects of the processor: from 200 rows a larger batch gains little, and each event waits for the slowest. */
const largestBatch = 500;
/** One batch is written while the next one is filled. */
const mostRunning = 2;

/** A second delivery finds the row of the first one. The rows are sorted, so two members wait for each other in the same order. */
const statement = {
  name: "count-events",
  text: `insert into ${statistics.events} (event_id, user_id, occurred_at, completed, seconds)
  select event_id, user_id, to_timestamp(occurred_at / 1000), completed, seconds
  from unnest($1::uuid[], $2::text[], $3::float8[], $4::boolean[], $5::float8[])
    as event (event_id, user_id, occurred_at, completed, seconds)
  order by event_id
  on conflict (event_id, occurred_at) do nothing
  returning event_id`,
};

/** Counts events, many in one statement and one commit. */
export class Counts {
  readonly #pool: pg.Pool;
  readonly #batches = new Batches<Count, Outcome>({
    mostRunning,
    largest: largestBatch,
    write: (batch) => this.#write(batch),
  });

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  /** Counts an event, unless it was counted before. Resolves when that is durable. */
  async count(event: TaskEvent): Promise<Outcome> {
    const count = toCount(event);
    return count === undefined ? "ignored" : await this.#batches.add(count);
  }

  async #write(counts: readonly Count[]): Promise<readonly Outcome[]> {
    const column = <K extends keyof Count>(name: K): Count[K][] => counts.map((count) => count[name]);
    const { rows } = await this.#pool.query<{ event_id: string }>({
      ...statement,
      values: [
        column("eventId"),
        column("userId"),
        column("occurredAt"),
        column("completed"),
        column("seconds"),
      ],
    });
    const fresh = new Set(rows.map(({ event_id }) => event_id));
    // Deleted, because a second delivery may be in the same batch.
    return counts.map(({ eventId }) => (fresh.delete(eventId.toLowerCase()) ? "applied" : "duplicate"));
  }
}
