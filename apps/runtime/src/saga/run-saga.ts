import type pg from "pg";
import { errorMessage } from "../errors/index.ts";
import type { Logger } from "../logging/index.ts";
import { longestTimerMs } from "../timing/index.ts";
import { type SagaDefinition, StepRefused } from "./define.ts";
import {
  applyChange,
  begin,
  type Change,
  finish,
  hasEnded,
  type Move,
  nextMove,
  type Outcome,
  type SagaTries,
} from "./machine.ts";
import type { SagaMetrics } from "./metrics.ts";
import { type OwnedSaga, setLease, writeChange } from "./store.ts";

export interface RunOptions {
  readonly pool: pg.Pool;
  readonly leaseMs: number;
  readonly tries: SagaTries;
  readonly metrics: SagaMetrics;
  readonly logger: Logger;
  /** No step is begun any more. */
  readonly stop: AbortSignal;
}

/** A call may be repeated with its problem in the answer of the API and in a log line. */
const longestProblem = 500;

/**
 * Runs a saga until it ends, its next try is due later, or the service stops.
 *
 * @throws LeaseLost when another owner has it; errors of the database. In both cases whoever owns it next goes on.
 */
export async function runSaga(
  saga: OwnedSaga,
  definition: SagaDefinition,
  options: RunOptions,
): Promise<void> {
  await new SagaRun(saga, definition, options).run();
}

class SagaRun {
  readonly #definition: SagaDefinition;
  readonly #options: RunOptions;
  readonly #lost = new AbortController();
  #saga: OwnedSaga;

  constructor(saga: OwnedSaga, definition: SagaDefinition, options: RunOptions) {
    this.#saga = saga;
    this.#definition = definition;
    this.#options = options;
  }

  async run(): Promise<void> {
    const { leaseMs, pool, stop } = this.#options;
    const renewal = setInterval(() => void this.#renew(), Math.min(leaseMs / 3, longestTimerMs));
    try {
      for (let move = nextMove(this.#saga); move !== undefined; move = nextMove(this.#saga)) {
        if (stop.aborted) {
          await setLease(pool, this.#saga, 0);
          return;
        }
        if (await this.#do(move)) return;
      }
    } finally {
      clearInterval(renewal);
    }
  }

  /** True when there is nothing more to do now. */
  async #do(move: Move): Promise<boolean> {
    const { tries, metrics } = this.#options;
    const { call, ...begun } = begin(this.#saga, move, tries);
    await this.#write(begun);
    if (!call) return hasEnded(begun.state);
    const outcome = await this.#call(move);
    const change = finish(this.#saga, move, outcome, tries);
    await this.#write(change);
    metrics.calls.inc({
      saga: this.#saga.name,
      step: change.step.name,
      kind: move.kind,
      result: outcome.kind,
    });
    return change.delayMs !== undefined || hasEnded(change.state);
  }

  async #call({ kind, at }: Move): Promise<Outcome> {
    const step = this.#definition.steps[at];
    const { id, data } = this.#saga;
    if (step === undefined) return { kind: "failed", problem: "the definition has no such step" };
    try {
      const call = { sagaId: id, data, key: `${id}:${step.name}:${kind}`, signal: this.#lost.signal };
      return { kind: "done", result: await step[kind](call) };
    } catch (error) {
      const problem = errorMessage(error).slice(0, longestProblem);
      const outcome = error instanceof StepRefused ? "refused" : "failed";
      this.#options.logger.warn(
        { saga_id: id, step: step.name, call: kind, problem },
        `a call of a saga ${outcome}`,
      );
      return { kind: outcome, problem };
    }
  }

  async #write(change: Change): Promise<void> {
    const { pool, leaseMs, metrics, logger } = this.#options;
    const { id, name, created_at } = this.#saga;
    const revision = await writeChange(pool, this.#saga, change, leaseMs);
    this.#saga = { ...this.#saga, ...applyChange(this.#saga, change), revision };
    if (!hasEnded(change.state)) return;
    metrics.ended.inc({ saga: name, state: change.state });
    metrics.seconds.observe(
      { saga: name, state: change.state },
      Math.max(0, (Date.now() - created_at.getTime()) / 1_000),
    );
    const level = change.state === "failed" ? "error" : "info";
    logger[level]({ saga_id: id, saga: name, state: change.state, problem: change.problem }, "saga ended");
  }

  async #renew(): Promise<void> {
    const { pool, leaseMs, logger } = this.#options;
    const { id, revision } = this.#saga;
    try {
      const owned = await setLease(pool, { id, revision }, leaseMs);
      if (!owned && this.#saga.revision === revision)
        this.#lost.abort(new Error("another owner has the saga"));
    } catch (error) {
      // The lease has time for two more renewals. If it expires, the next write is refused.
      logger.warn({ saga_id: id, problem: errorMessage(error) }, "the lease of a saga was not renewed");
    }
  }
}
