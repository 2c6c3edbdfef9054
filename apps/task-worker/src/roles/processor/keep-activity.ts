import { repeatUpkeep } from "@task-platform/runtime/database";
import type { Logger } from "@task-platform/runtime/logging";
import { taskActivity } from "@task-platform/schema/names";
import type pg from "pg";

const intervalMs = 3_600_000;

/** Makes the partitions of the days to come and drops those that are too old, about every hour until the signal. */
export function keepActivity(pool: pg.Pool, signal: AbortSignal, logger: Logger): Promise<void> {
  const options = { intervalMs, failure: "the days of the task activity were not kept", signal, logger };
  return repeatUpkeep(options, async () => {
    const { rows } = await pool.query<{ made: number; dropped: number }>(
      `select made, dropped from ${taskActivity.keeper}()`,
    );
    const changed = rows.find(({ made, dropped }) => made + dropped > 0);
    if (changed) logger.info(changed, "days of the task activity were made and dropped");
  });
}
