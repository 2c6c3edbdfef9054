import { type Database, isTransientDatabaseError } from "@task-platform/runtime/database";
import type pg from "pg";

/**
 * Asks the replica, and the primary when the replica is away: a list is worth the load.
 *
 * For lists and activity only. A replica trails, usually by milliseconds (an alarm tells of 30 s): who creates a task and
 * lists at once may not see it, and may get an old version of another. A task by its id comes from the primary, so that
 * the version somebody edits is the one there is.
 */
export async function fromReader<T>(database: Database, work: (pool: pg.Pool) => Promise<T>): Promise<T> {
  try {
    return await work(database.reader);
  } catch (error) {
    if (database.reader === database.primary || !isTransientDatabaseError(error)) throw error;
    return work(database.primary);
  }
}
