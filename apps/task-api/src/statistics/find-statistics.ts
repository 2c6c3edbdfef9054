import { statistics } from "@task-platform/schema/names";
import type pg from "pg";

/** The tasks of one user on one day (UTC). */
export interface DayStatistics {
  /** As "2026-11-27". */
  readonly day: string;
  readonly created: number;
  readonly completed: number;
  /** Seconds from the creation of a task to its completion; null when no completion of the day has one. */
  readonly median: number | null;
  readonly p95: number | null;
}

/** Closed days have a row each; the others are counted from their events. While a day is being closed, its row counts. */
const statement = {
  name: "find-statistics",
  text: `with closed as (
    select to_char(day, 'YYYY-MM-DD') as day, created, completed, median_seconds as median, p95_seconds as p95
    from ${statistics.days} where user_id = $1 and day = any($2::date[])
  ), open as (
    select to_char(occurred_at at time zone 'UTC', 'YYYY-MM-DD') as day,
      count(*) filter (where not completed)::integer as created,
      count(*) filter (where completed)::integer as completed,
      percentile_cont(0.5) within group (order by seconds) as median,
      percentile_cont(0.95) within group (order by seconds) as p95
    from ${statistics.events}
    where user_id = $1 and occurred_at >= $3::date::timestamp at time zone 'UTC'
      and occurred_at < ($4::date + 1)::timestamp at time zone 'UTC'
    group by 1
  )
  select * from closed union all select * from open where day not in (select day from closed)`,
};

/** The statistics of those days, in order, on which the user has any. */
export async function findStatistics(
  pool: pg.Pool,
  userId: string,
  days: readonly string[],
): Promise<ReadonlyMap<string, DayStatistics>> {
  const { rows } = await pool.query<DayStatistics>({
    ...statement,
    values: [userId, days, days[0], days.at(-1)],
  });
  return new Map(rows.map((row) => [row.day, row]));
}
