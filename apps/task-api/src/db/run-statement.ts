import { sqlState } from "@task-platform/runtime/database";
import type pg from "pg";

/**
 * Runs one statement. When the server refuses it, this waits until its transaction has ended: the server tells the error first,
 * and frees the locks that the statement took a moment later. Whoever tries again at once on another connection would find
 * them taken.
 */
export async function runStatement<Row extends pg.QueryResultRow>(
  pool: pg.Pool,
  statement: pg.QueryConfig,
): Promise<pg.QueryResult<Row>> {
  const client = await pool.connect();
  // The connection pool does not listen to a connection in use, and an unhandled error event would end the process.
  const ignore = (): void => undefined;
  client.on("error", ignore);
  let broken: Error | undefined;
  try {
    return await client.query<Row>(statement);
  } catch (error) {
    const lost = (cause: unknown): void => {
      broken = new Error("the connection is not used again", { cause });
    };
    // A connection answers in order, so its next answer comes after the end. Without an answer there is nothing to wait for.
    if (sqlState(error) === undefined) lost(error);
    else await client.query("select 1").catch(lost);
    throw error;
  } finally {
    client.off("error", ignore);
    client.release(broken);
  }
}
