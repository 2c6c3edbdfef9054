import { setTimeout as pause } from "node:timers/promises";

export interface WaitOptions {
  readonly withinMs: number;
  /** @default 50 */
  readonly everyMs?: number;
  /** Ends the wait early when the condition can no longer become true. */
  readonly giveUp?: () => boolean;
}

/** Polls until the condition is true. Returns `false` at the deadline, or when `giveUp` says so. */
export async function waitUntil(
  condition: () => boolean | Promise<boolean>,
  { withinMs, everyMs = 50, giveUp = () => false }: WaitOptions,
): Promise<boolean> {
  const deadline = Date.now() + withinMs;
  while (!giveUp()) {
    if (await condition()) return true;
    if (Date.now() >= deadline) return false;
    await pause(everyMs);
  }
  return false;
}
