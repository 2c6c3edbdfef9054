import type { TaskEvent } from "@task-platform/contracts";
import { taskActivityTable } from "@task-platform/schema/names";
import type pg from "pg";

/**
 * One statement, so the deduplication row and the effect commit together or not at all. A concurrent second delivery
 * waits for the first one at the primary key and then finds the row.
 */
const statement = `
  with fresh as (
    insert into processed_events (consumer_group, event_id) values ($1, $2)
    on conflict do nothing
    returning event_id
  )
  insert into ${taskActivityTable} (user_id, task_id, event_id, event_type, occurred_at)
  select $3, $4, fresh.event_id, $5, to_timestamp($6::float8 / 1000) from fresh`;

/** Applies the effect of an event, unless the group applied it before. */
export async function recordEffect(
  pool: pg.Pool,
  group: string,
  event: TaskEvent,
): Promise<"applied" | "duplicate"> {
  const { rowCount } = await pool.query(statement, [
    group,
    event.event_id,
    event.user_id,
    event.task_id,
    event.event_type,
    event.timestamp,
  ]);
  return rowCount === 1 ? "applied" : "duplicate";
}
