import { repeatUpkeep } from "@task-platform/runtime/database";
import type { Logger } from "@task-platform/runtime/logging";
import { statistics } from "@task-platform/schema/names";
import type pg from "pg";

const intervalMs = 3_600_000;

interface Kept {
  readonly made: number;
  readonly closed: number;
  readonly dropped: number;
  readonly forgotten: number;
}

/**
 * Makes the days to come, closes the days that no event can come for and forgets the oldest ones, about every hour until the
 * signal. One call does a part of the work, so it is repeated until there is nothing left.
 */
export function keepStatistics(pool: pg.Pool, signal: AbortSignal, logger: Logger): Promise<void> {
  const options = { intervalMs, failure: "the days of the statistics were not kept", signal, logger };
  return repeatUpkeep(options, async () => {
    while (!signal.aborted) {
      const { rows } = await pool.query<Kept>(
        `select made, closed, dropped, forgotten from ${statistics.keeper}()`,
      );
      const [kept] = rows;
      if (kept === undefined || Object.values(kept).every((count) => count === 0)) return;
      logger.info(kept, "days of the statistics were made, closed and forgotten");
    }
  });
}
