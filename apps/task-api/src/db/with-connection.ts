import type pg from "pg";

/** Says that the connection must not be used again. */
export type Discard = (cause: unknown) => void;

/** Runs `work` with a connection of its own, which goes back to the connection pool unless it was discarded. */
export async function withConnection<T>(
  pool: pg.Pool,
  work: (client: pg.PoolClient, discard: Discard) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  // The connection pool does not listen to a connection in use, and an unhandled error event would end the process.
  const ignore = (): void => undefined;
  client.on("error", ignore);
  let broken: Error | undefined;
  try {
    return await work(client, (cause) => {
      broken = new Error("the connection is not used again", { cause });
    });
  } finally {
    client.off("error", ignore);
    client.release(broken);
  }
}
