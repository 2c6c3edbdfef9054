import { setTimeout as delay } from "node:timers/promises";
import { type Backoff, backoffMs } from "@task-platform/runtime/timing";
import type { Blame } from "./failures.ts";

/** docs/requirements.md, consistency and failure: 1, 2 and 4 s. During an outage, retry at most every 5 s. */
const backoff: Backoff = { firstMs: 1_000, longestMs: 5_000, jitter: 0.2 };
const mostRetries = 3;

export interface RetryOptions {
  readonly blame: (error: unknown) => Blame;
  readonly signal: AbortSignal;
  readonly onRetry: (error: unknown, blame: Blame, attempt: number, delayMs: number) => void;
  /** @default Math.random */
  readonly random?: () => number;
  /** @default a real pause; rejects when the signal is aborted */
  readonly pause?: (delayMs: number, signal: AbortSignal) => Promise<void>;
}

/** The work was given up after `attempts` tries. */
export class GivenUpError extends Error {
  override readonly name = "GivenUpError";
  readonly attempts: number;

  constructor(attempts: number, cause: unknown) {
    super("given up", { cause });
    this.attempts = attempts;
  }
}

/** Delay before the next try after `failures` failures of one kind; undefined when there is no next try. */
function delayAfter(failures: number, blame: Blame, random: () => number): number | undefined {
  if (blame === "message" || (blame !== "dependency" && failures > mostRetries)) return undefined;
  return backoffMs(backoff, failures, random);
}

/**
 * Tries until the work succeeds: any number of retries while a dependency is down, three after another failure.
 * Failures of a dependency do not count as tries of the message.
 *
 * @throws GivenUpError, or the reason of the signal when that is aborted
 */
export async function withRetries<T>(work: () => Promise<T>, options: RetryOptions): Promise<T> {
  const { signal, random = Math.random, pause = pauseFor } = options;
  const failures: Record<Blame, number> = { message: 0, dependency: 0, rollout: 0, unknown: 0 };
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      const blame = options.blame(error);
      failures[blame] += 1;
      const delayMs = delayAfter(failures[blame], blame, random);
      if (delayMs === undefined) throw new GivenUpError(attempt, error);
      options.onRetry(error, blame, attempt, delayMs);
      await pause(delayMs, signal);
    }
  }
}

async function pauseFor(delayMs: number, signal: AbortSignal): Promise<void> {
  await delay(delayMs, undefined, { signal });
}
