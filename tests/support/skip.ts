import type { TestContext } from "vitest";

/** Ends a test as skipped; `npm test` counts it and prints the reason. For a tool this machine does not have, never for a failure. */
export function skip(context: TestContext, reason: string): never {
  (context.task.meta as { skipReason?: string }).skipReason = reason;
  return context.skip(reason);
}
