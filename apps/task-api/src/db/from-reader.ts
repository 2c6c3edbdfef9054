import { type Database, isTransientDatabaseError } from "@task-platform/runtime";
import type pg from "pg";

/** Asks the replica, and the primary when the replica is away: a list is worth the load. */
export async function fromReader<T>(database: Database, work: (pool: pg.Pool) => Promise<T>): Promise<T> {
  try {
    return await work(database.reader);
  } catch (error) {
    if (database.reader === database.pool || !isTransientDatabaseError(error)) throw error;
    return work(database.pool);
  }
}
