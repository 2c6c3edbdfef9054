import { statistics } from "@task-platform/schema/names";
import type { EventRowsOptions } from "../consumer/index.ts";
import type { Count } from "./to-count.ts";

/** A second delivery finds the row of the first one. The rows are sorted, so two members wait for each other in the same order. */
export const counts: EventRowsOptions<Count> = {
  statement: {
    name: "count-events",
    text: `insert into ${statistics.events} (event_id, user_id, occurred_at, completed, seconds)
    select event_id, user_id, to_timestamp(occurred_at / 1000), completed, seconds
    from unnest($1::uuid[], $2::text[], $3::float8[], $4::boolean[], $5::float8[])
      as event (event_id, user_id, occurred_at, completed, seconds)
    order by event_id
    on conflict (event_id, occurred_at) do nothing
    returning event_id`,
  },
  columns: ["event_id", "user_id", "timestamp", "completed", "seconds"],
};
