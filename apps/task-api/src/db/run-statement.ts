import { sqlState } from "@task-platform/runtime/database";
import type pg from "pg";
import { withConnection } from "./with-connection.ts";

/**
 * Runs one statement. When the server refuses it, this waits until its transaction has ended: the server tells the error first,
 * and frees the locks that the statement took a moment later. Whoever tries again at once on another connection would find
 * them taken.
 */
export function runStatement<Row extends pg.QueryResultRow>(
  pool: pg.Pool,
  statement: pg.QueryConfig,
): Promise<pg.QueryResult<Row>> {
  return withConnection(pool, async (client, discard) => {
    try {
      return await client.query<Row>(statement);
    } catch (error) {
      // A connection answers in order, so its next answer comes after the end. Without an answer there is nothing to wait for.
      if (sqlState(error) === undefined) discard(error);
      else await client.query("select 1").catch(discard);
      throw error;
    }
  });
}
