import { waitUntil } from "../../tools/local/processes/index.ts";

/** Waits until the condition is true. Fails at the deadline and names what it waited for. */
export async function eventually(
  condition: () => boolean | Promise<boolean>,
  what: string,
  timeoutMs = 20_000,
): Promise<void> {
  if (!(await waitUntil(condition, { withinMs: timeoutMs }))) {
    throw new Error(`waited ${timeoutMs} ms in vain for ${what}`);
  }
}
