import { setTimeout as delay } from "node:timers/promises";

/** Node turns a longer delay of a timer into 1 ms. */
export const longestTimerMs = 2 ** 31 - 1;

/** Waits. Ends early, without an error, when the signal is aborted. */
export async function pause(delayMs: number, signal: AbortSignal): Promise<void> {
  await delay(delayMs, undefined, { signal }).catch(() => undefined);
}

/** @throws Error when `work` is not done within the limit; `work` itself goes on. */
export async function within<T>(limitMs: number, work: Promise<T>): Promise<T> {
  const overdue = Promise.withResolvers<never>();
  const timer = setTimeout(() => overdue.reject(new Error(`not done within ${limitMs} ms`)), limitMs);
  try {
    return await Promise.race([work, overdue.promise]);
  } finally {
    clearTimeout(timer);
  }
}
