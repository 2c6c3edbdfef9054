import { setTimeout as delay } from "node:timers/promises";
import type { Blame } from "./failures.ts";

/** Specification section 1. */
const delaysMs: readonly number[] = [1_000, 2_000, 4_000];
const jitter = 0.2;
/** While a dependency is down it is asked at most so often: soon enough for the promise of half a second to be missed by little. */
const outageDelayMs = 5_000;

export interface RetryOptions {
  readonly blame: (error: unknown) => Blame;
  readonly signal: AbortSignal;
  readonly onRetry: (error: unknown, blame: Blame, attempt: number, delayMs: number) => void;
  /** @default Math.random */
  readonly random?: () => number;
  /** @default a real pause; rejects when the signal is aborted */
  readonly pause?: (delayMs: number, signal: AbortSignal) => Promise<void>;
}

/** The work was given up; `attempts` counts the tries. */
export class GivenUpError extends Error {
  override readonly name = "GivenUpError";
  readonly attempts: number;

  constructor(attempts: number, cause: unknown) {
    super("given up", { cause });
    this.attempts = attempts;
  }
}

/** Delay before the next try, after `failures` tries have failed, ±20 %; undefined when there is none. */
export function delayAfter(failures: number, blame: Blame, random: () => number): number | undefined {
  const base = delaysMs[failures - 1] ?? (blame === "dependency" ? outageDelayMs : undefined);
  if (base === undefined || blame === "message") return undefined;
  return Math.round(base * (1 + jitter * (2 * random() - 1)));
}

/**
 * Tries until it succeeds: three times more for an unknown failure, for ever while a dependency is away.
 * Failures of a dependency do not use up the tries of the message.
 *
 * @throws GivenUpError; the reason of the signal when that is aborted
 */
export async function withRetries<T>(work: () => Promise<T>, options: RetryOptions): Promise<T> {
  const { signal, random = Math.random, pause = pauseFor } = options;
  const failures: Record<Blame, number> = { message: 0, dependency: 0, unknown: 0 };
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
