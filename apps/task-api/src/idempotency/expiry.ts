import { setTimeout as pause } from "node:timers/promises";
import { isTransientDatabaseError } from "@task-platform/runtime/database";
import type { Logger } from "@task-platform/runtime/logging";
import type pg from "pg";

const intervalMs = 600_000;
/** Small enough to end well within the statement timeout. */
const batch = 1_000;

/** Deletes one batch of keys that have expired; resolves to how many. Replicas skip what another one is deleting. */
export async function deleteExpiredKeys(pool: pg.Pool): Promise<number> {
  const { rowCount } = await pool.query(
    `delete from idempotency_keys where ctid = any (array(
       select ctid from idempotency_keys where expires_at <= now() limit $1 for update skip locked))`,
    [batch],
  );
  return rowCount ?? 0;
}

/** Deletes expired keys every ten minutes until the signal; an expired key is never replayed, deleted or not. */
export async function forgetExpiredKeys(pool: pg.Pool, signal: AbortSignal, logger: Logger): Promise<void> {
  while (!signal.aborted) {
    try {
      while ((await deleteExpiredKeys(pool)) === batch) if (signal.aborted) return;
    } catch (error) {
      const level = isTransientDatabaseError(error) ? "warn" : "error";
      logger[level]({ error }, "expired idempotency keys were not deleted");
    }
    // Replicas that started together spread out.
    await pause(intervalMs * (0.5 + Math.random()), undefined, { signal, ref: false }).catch(() => undefined);
  }
}
