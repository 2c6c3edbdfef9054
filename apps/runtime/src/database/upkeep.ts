import { setTimeout as delay } from "node:timers/promises";
import type { Logger } from "../logging/index.ts";
import { isTransientDatabaseError } from "./errors.ts";

interface UpkeepOptions {
  readonly intervalMs: number;
  /** Line of the log when the work fails, such as "expired keys were not deleted". */
  readonly failure: string;
  readonly signal: AbortSignal;
  readonly logger: Logger;
}

/** Does the work at once and then about every interval until the signal. After a failure it is done at its next time. */
export async function repeatUpkeep(
  { intervalMs, failure, signal, logger }: UpkeepOptions,
  work: () => Promise<void>,
): Promise<void> {
  while (!signal.aborted) {
    try {
      await work();
    } catch (error) {
      const level = isTransientDatabaseError(error) ? "warn" : "error";
      logger[level]({ error }, failure);
    }
    // Random, so that replicas that started together do not work at the same time.
    await delay(intervalMs * (0.5 + Math.random()), undefined, { signal, ref: false }).catch(() => undefined);
  }
}
