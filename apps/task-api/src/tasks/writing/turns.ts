import { setTimeout as pause } from "node:timers/promises";
import { Gauge, type MetricsRegistry } from "@task-platform/runtime/admin";
import { Problem } from "../../problems/index.ts";
import { TurnTaken } from "../store/index.ts";

export type WaitingGauge = Pick<Gauge, "inc" | "dec">;

/** Below the 5 s that callers inside the platform wait, so that they get our refusal. */
export const giveUpAfterMs = 3_000;
/** Changes of one user that wait in this process. More are refused: they would only fill the memory. */
const mostWaiting = 64;

/** A change of another process lasts a few milliseconds. */
export function turnBackoffMs(tries: number): number {
  return Math.min(2 ** tries, 50) * (0.5 + Math.random());
}

/** The refusal of a change that waited too long for another change of the same user. Only this user is concerned. */
export function turnTaken(): Problem {
  return new Problem("unavailable", "another change of your tasks takes too long; try again", {
    headers: { "retry-after": "1" },
  });
}

export function createWaitingGauge(metricsRegistry: MetricsRegistry): WaitingGauge {
  return new Gauge({
    name: "task_changes_waiting",
    help: "Changes that wait because another session changes the tasks of the same user",
    registers: [metricsRegistry],
  });
}

/**
 * Gives the changes of one user their turns: one after another in this process, without a connection while they wait. Of the
 * connections, at least half stay free for reads, whoever writes how much.
 */
export class Turns {
  readonly #mostRunning: number;
  readonly #waitingForTurn: WaitingGauge;
  readonly #last = new Map<string, { readonly done: Promise<unknown>; readonly count: number }>();
  readonly #queue: (() => void)[] = [];
  #running = 0;

  constructor(connections: number, waitingForTurn: WaitingGauge) {
    this.#mostRunning = Math.max(1, Math.floor(connections / 2));
    this.#waitingForTurn = waitingForTurn;
  }

  /**
   * Runs `change` when it is the user's turn, again while it throws `TurnTaken`.
   *
   * @throws Problem `rate-limited` for too many changes at once, `unavailable` when the turn does not come; also the reason of
   *   the signal, and whatever `change` throws
   */
  async take<T>(userId: string, signal: AbortSignal | undefined, change: () => Promise<T>): Promise<T> {
    const begun = performance.now();
    const before = this.#last.get(userId);
    const count = (before?.count ?? 0) + 1;
    if (count > mostWaiting) {
      throw new Problem("rate-limited", `at most ${mostWaiting} changes at once; wait for their answers`, {
        headers: { "retry-after": "1" },
      });
    }
    const done = (before?.done ?? Promise.resolve()).then(() => this.#try(begun, signal, change));
    const settled = done.catch(() => undefined);
    this.#last.set(userId, { done: settled, count });
    void settled.then(() => this.#forget(userId));
    return done;
  }

  #forget(userId: string): void {
    const last = this.#last.get(userId);
    if (last === undefined) return;
    if (last.count === 1) this.#last.delete(userId);
    else this.#last.set(userId, { ...last, count: last.count - 1 });
  }

  /** @param begun arrival of the change: those behind a change that gave up do not wait as long again */
  async #try<T>(begun: number, signal: AbortSignal | undefined, change: () => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      signal?.throwIfAborted();
      try {
        return await this.#withConnection(change);
      } catch (error) {
        if (!(error instanceof TurnTaken)) throw error;
        if (performance.now() - begun > giveUpAfterMs) throw turnTaken();
      }
      this.#waitingForTurn.inc();
      try {
        await pause(turnBackoffMs(tries));
      } finally {
        this.#waitingForTurn.dec();
      }
    }
  }

  async #withConnection<T>(change: () => Promise<T>): Promise<T> {
    if (this.#running < this.#mostRunning) this.#running += 1;
    else await new Promise<void>((resolve) => this.#queue.push(resolve));
    try {
      return await change();
    } finally {
      // The next one takes the place, so that nobody comes in between.
      const next = this.#queue.shift();
      if (next === undefined) this.#running -= 1;
      else next();
    }
  }
}
