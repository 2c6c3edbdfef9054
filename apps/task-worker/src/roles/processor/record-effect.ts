import type { TaskEvent } from "@task-platform/contracts";
import { Batches } from "@task-platform/runtime/database";
import { taskActivityTable } from "@task-platform/schema/names";
import type pg from "pg";

/** Measured: from 200 rows a larger batch gains little, and each event of a batch waits for the slowest. */
const largestBatch = 500;
/** One batch is written while the next one is filled. */
const mostRunning = 2;

/**
 * One statement, so the deduplication rows and the effects commit together or not at all. A concurrent second delivery
 * waits for the first one at the primary key and then finds the row. The ids are sorted, so two members that were given the
 * same events wait for each other in the same order. The effects have the order of the events.
 */
const statement = {
  name: "record-effects",
  text: `with given as (
    select distinct on (event_id) event_id, user_id, task_id, event_type, occurred_at, at
    from unnest($2::uuid[], $3::text[], $4::uuid[], $5::text[], $6::float8[])
      with ordinality as event (event_id, user_id, task_id, event_type, occurred_at, at)
    order by event_id, at
  ), fresh as (
    insert into processed_events (consumer_group, event_id)
    select $1, event_id from given order by event_id
    on conflict do nothing
    returning event_id
  ), effect as (
    insert into ${taskActivityTable} (user_id, task_id, event_id, event_type, occurred_at)
    select user_id, task_id, event_id, event_type, to_timestamp(occurred_at / 1000)
    from given join fresh using (event_id) order by at
  )
  select event_id from fresh`,
};

type Effect = "applied" | "duplicate";

interface Item {
  readonly event: TaskEvent;
  readonly result: PromiseWithResolvers<Effect>;
}

/** Applies the effects of events, many in one statement and one commit. */
export class Effects {
  readonly #pool: pg.Pool;
  readonly #group: string;
  readonly #batches = new Batches<Item>({
    mostRunning,
    take: (waiting) => waiting.splice(0, largestBatch),
    write: (batch) => this.#write(batch),
    fail: ({ result }, error) => result.reject(error),
  });

  constructor(pool: pg.Pool, group: string) {
    this.#pool = pool;
    this.#group = group;
  }

  /**
   * Applies the effect of an event, unless the group applied it before. Resolves when it is durable. When the database refuses
   * an event, the others of its batch are applied all the same.
   */
  record(event: TaskEvent): Promise<Effect> {
    const result = Promise.withResolvers<Effect>();
    this.#batches.add({ event, result });
    return result.promise;
  }

  async #write(batch: readonly Item[]): Promise<void> {
    const fresh = await this.#insert(batch.map(({ event }) => event));
    for (const { event, result } of batch) {
      const id = event.event_id.toLowerCase();
      result.resolve(fresh.has(id) ? "applied" : "duplicate");
      // A second delivery in the same batch.
      fresh.delete(id);
    }
  }

  async #insert(events: readonly TaskEvent[]): Promise<Set<string>> {
    const column = <K extends keyof TaskEvent>(name: K): TaskEvent[K][] => events.map((event) => event[name]);
    const { rows } = await this.#pool.query<{ event_id: string }>({
      ...statement,
      values: [
        this.#group,
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
