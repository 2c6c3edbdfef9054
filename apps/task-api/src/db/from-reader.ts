import { type Database, isTransientDatabaseError } from "@task-platform/runtime/database";
import type pg from "pg";

/**
 * Reads from the replica, or from the primary while the replica is unavailable.
 *
 * For lists and activity only. The replica is behind the primary, usually by milliseconds (an alarm fires at 30 s): a
 * caller that creates a task and lists at once may not see it, and may get an old version of another task. A single task
 * is read from the primary, so that the caller gets the version that it must send back to change the task.
 */
export async function fromReader<T>(database: Database, work: (pool: pg.Pool) => Promise<T>): Promise<T> {
  try {
    return await work(database.reader);
  } catch (error) {
    if (database.reader === database.primary || !isTransientDatabaseError(error)) throw error;
    return work(database.primary);
  }
}
