import type { TaskEvent } from "@task-platform/contracts";
import { Batches } from "@task-platform/runtime/database";
import { taskActivity } from "@task-platform/schema/names";
import type pg from "pg";
import type { Outcome } from "../consumer/index.ts";

/** Measured: from 200 rows a larger batch gains little, and each event of a batch waits for the slowest. */
const largestBatch = 500;
/** One batch is written while the next one is filled. */
const mostRunning = 2;

/**
 * The row of an effect is also the proof that it was applied: a second delivery finds it, and a concurrent one waits for it at
 * the primary key. The users are sorted, so two members that were given the same events wait for each other in the same
 * order. The effects of one user have the order of the events.
 */
const statement = {
  name: "record-effects",
  text: `insert into ${taskActivity.table} (user_id, task_id, event_id, event_type, occurred_at)
  select user_id, task_id, event_id, event_type, to_timestamp(occurred_at / 1000)
  from unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[], $5::float8[])
    with ordinality as event (event_id, user_id, task_id, event_type, occurred_at, at)
  order by user_id, at
  on conflict (event_id, occurred_at) do nothing
  returning event_id`,
};

/** Applies the effects of events, many in one statement and one commit. */
export class Effects {
  readonly #pool: pg.Pool;
  readonly #batches = new Batches<TaskEvent, Outcome>({
    mostRunning,
    largest: largestBatch,
    write: (batch) => this.#write(batch),
  });

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  /**
   * Applies the effect of an event, unless it was applied before. Resolves when it is durable. When the database refuses
   * an event, the others of its batch are applied all the same.
   */
  record(event: TaskEvent): Promise<Outcome> {
    return this.#batches.add(event);
  }

  async #write(events: readonly TaskEvent[]): Promise<readonly Outcome[]> {
    const fresh = await this.#insert(events);
    // Deleted, because a second delivery may be in the same batch.
    return events.map(({ event_id }) => (fresh.delete(event_id.toLowerCase()) ? "applied" : "duplicate"));
  }

  async #insert(events: readonly TaskEvent[]): Promise<Set<string>> {
    const column = <K extends keyof TaskEvent>(name: K): TaskEvent[K][] => events.map((event) => event[name]);
    const { rows } = await this.#pool.query<{ event_id: string }>({
      ...statement,
      values: [
        column("event_id"),
        column("user_id"),
        column("task_id"),
        column("event_type"),
        column("timestamp"),
      ],
    });
    return new Set(rows.map(({ event_id }) => event_id));
  }
}
