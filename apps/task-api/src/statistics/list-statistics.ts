import type { Database } from "@task-platform/runtime/database";
import { fromReader } from "../db/index.ts";
import { daysOf, type StatisticsQuery } from "./days.ts";
import { type DayStatistics, findStatistics } from "./find-statistics.ts";

/**
 * The statistics of the user for each day of the query, oldest first. Recent changes may not be there yet.
 *
 * @throws Problem `invalid-request` for days that are not allowed.
 */
export async function listStatistics(
  { database }: { readonly database: Database },
  { userId }: { readonly userId: string },
  query: StatisticsQuery,
): Promise<readonly DayStatistics[]> {
  const days = daysOf(query, new Date());
  const found = await fromReader(database, (reader) => findStatistics(reader, userId, days));
  return days.map((day) => found.get(day) ?? { day, created: 0, completed: 0, median: null, p95: null });
}
