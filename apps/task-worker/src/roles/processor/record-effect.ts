import type { TaskEvent } from "@task-platform/contracts";
import { taskActivity } from "@task-platform/schema/names";
import type { EventRowsOptions } from "../consumer/index.ts";

/**
 * The row of an effect is also the proof that it was applied: a second delivery finds it, and a concurrent one waits for it at
 * the primary key. The users are sorted, so two members that were given the same events wait for each other in the same
 * order. The effects of one user have the order of the events.
 */
export const effects: EventRowsOptions<TaskEvent> = {
  statement: {
    name: "record-effects",
    text: `insert into ${taskActivity.table} (user_id, task_id, event_id, event_type, occurred_at)
    select user_id, task_id, event_id, event_type, to_timestamp(occurred_at / 1000)
    from unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[], $5::float8[])
      with ordinality as event (event_id, user_id, task_id, event_type, occurred_at, at)
    order by user_id, at
    on conflict (event_id, occurred_at) do nothing
    returning event_id`,
  },
  columns: ["event_id", "user_id", "task_id", "event_type", "timestamp"],
};
