import type { TestContext } from "vitest";

/** Skips a test because this machine lacks a tool, never because of a failure. `npm test` counts it and prints the reason. */
export function skip(context: TestContext, reason: string): never {
  (context.task.meta as { skipReason?: string }).skipReason = reason;
  return context.skip(reason);
}
