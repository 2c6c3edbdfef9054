/** How long to wait between tries: the delay doubles with each failure. */
export interface Backoff {
  readonly firstMs: number;
  readonly longestMs: number;
  /**
   * Part of the delay by which it varies to either side, so that many callers do not try at the same moment.
   * @default 0
   */
  readonly jitter?: number;
}

/** Delay after the given number of failures, counted from 1. */
export function backoffMs(
  { firstMs, longestMs, jitter = 0 }: Backoff,
  failures: number,
  random: () => number = Math.random,
): number {
  const delayMs = Math.min(firstMs * 2 ** (failures - 1), longestMs);
  return Math.round(delayMs * (1 + jitter * (2 * random() - 1)));
}
