import { repeatUpkeep } from "@task-platform/runtime/database";
import type { Logger } from "@task-platform/runtime/logging";
import type pg from "pg";

const intervalMs = 600_000;
/** Small enough that the statement ends well within its timeout. */
const batch = 1_000;

/** Deletes one batch of expired keys and returns their number. A replica skips the rows that another replica deletes. */
async function deleteExpiredKeys(pool: pg.Pool): Promise<number> {
  const { rowCount } = await pool.query(
    `delete from idempotency_keys where ctid = any (array(
       select ctid from idempotency_keys where expires_at <= now() limit $1 for update skip locked))`,
    [batch],
  );
  return rowCount ?? 0;
}

/** Deletes expired keys about every ten minutes until the signal. An expired key is never replayed, deleted or not. */
export function forgetExpiredKeys(pool: pg.Pool, signal: AbortSignal, logger: Logger): Promise<void> {
  const options = { intervalMs, failure: "expired idempotency keys were not deleted", signal, logger };
  return repeatUpkeep(options, async () => {
    while ((await deleteExpiredKeys(pool)) === batch) if (signal.aborted) return;
  });
}
