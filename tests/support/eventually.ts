import { waitUntil } from "../../tools/local/processes/index.ts";

/**
 * Waits until the condition is true. Fails at the deadline and names what it waited for. The deadline is for what hangs,
 * not a promise of speed, so it is far above what a busy machine needs.
 */
export async function eventually(
  condition: () => boolean | Promise<boolean>,
  what: string,
  timeoutMs = 90_000,
): Promise<void> {
  if (!(await waitUntil(condition, { withinMs: timeoutMs }))) {
    throw new Error(`waited ${timeoutMs} ms in vain for ${what}`);
  }
}
