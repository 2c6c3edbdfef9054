import type pg from "pg";

/** Runs statements in one open transaction. */
export type Transaction = Pick<pg.ClientBase, "query">;

/**
 * Runs `work` in one transaction: commits when it returns, rolls back when it throws. A connection whose rollback fails
 * is closed, because the next user of the connection would inherit the open transaction.
 */
export async function withTransaction<T>(
  pool: pg.Pool,
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  // The connection pool does not listen to a connection in use, and an unhandled error event would end the process.
  const ignore = (): void => undefined;
  client.on("error", ignore);
  let broken: Error | undefined;
  try {
    await client.query("begin");
    const result = await work(client);
    await client.query("commit");
    return result;
  } catch (error) {
    await client.query("rollback").catch((cause: unknown) => {
      broken = new Error("rollback failed", { cause });
    });
    throw error;
  } finally {
    client.off("error", ignore);
    client.release(broken);
  }
}
