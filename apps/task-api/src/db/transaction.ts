import type pg from "pg";
import { withConnection } from "./with-connection.ts";

/** Runs statements in one open transaction. */
export type Transaction = Pick<pg.ClientBase, "query">;

/**
 * Runs `work` in one transaction: commits when it returns, rolls back when it throws. A connection whose rollback fails
 * is closed, because the next user of the connection would inherit the open transaction.
 */
export function withTransaction<T>(
  pool: pg.Pool,
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  return withConnection(pool, async (client, discard) => {
    try {
      await client.query("begin");
      const result = await work(client);
      await client.query("commit");
      return result;
    } catch (error) {
      await client.query("rollback").catch(discard);
      throw error;
    }
  });
}
