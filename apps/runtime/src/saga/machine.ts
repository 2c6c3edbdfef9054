import type { SagaState, StepState } from "@task-platform/contracts";
import { type Backoff, backoffMs } from "../timing/index.ts";

/** Where a step is. */
export interface StepProgress {
  readonly name: string;
  readonly state: StepState;
  /** Calls that were begun, of the step and of its compensation. */
  readonly tries: number;
  readonly undoTries: number;
}

/** Where a saga is. */
export interface Progress {
  readonly state: SagaState;
  readonly steps: readonly StepProgress[];
}

/** How often something is tried, and how long apart. */
interface Tries {
  readonly most: number;
  readonly backoff: Backoff;
}

export interface SagaTries {
  readonly run: Tries;
  readonly compensate: Tries;
}

/** docs/requirements.md: three retries after 1, 2 and 4 s. A compensation has about two minutes, because giving up needs a person. */
export const usualTries: SagaTries = {
  run: { most: 4, backoff: { firstMs: 1_000, longestMs: 4_000, jitter: 0.2 } },
  compensate: { most: 8, backoff: { firstMs: 1_000, longestMs: 60_000, jitter: 0.2 } },
};

/** What to do next with a step. */
export interface Move {
  readonly kind: "run" | "compensate";
  readonly at: number;
}

/** How a call ended. `failed`: nobody knows whether it had its effect. */
export type Outcome =
  | { readonly kind: "done"; readonly result?: unknown }
  | { readonly kind: "refused" | "failed"; readonly problem: string };

/** One transition: the new state of the saga and of one step. */
export interface Change {
  readonly state: SagaState;
  readonly at: number;
  readonly step: StepProgress;
  readonly result?: unknown;
  readonly problem?: string;
  /** The next try is due after this time. */
  readonly delayMs?: number;
}

/** Steps in these states may have had an effect that is still there. */
const toUndo: readonly StepState[] = ["running", "done", "unknown", "compensating"];

/** The next step to run or to undo; undefined when the saga has ended. */
export function nextMove({ state, steps }: Progress): Move | undefined {
  if (state === "pending" || state === "running") {
    const at = steps.findIndex((step) => step.state !== "done");
    return at === -1 ? undefined : { kind: "run", at };
  }
  if (state !== "compensating") return undefined;
  const at = steps.findLastIndex((step) => toUndo.includes(step.state));
  return at === -1 ? undefined : { kind: "compensate", at };
}

/**
 * The transition before a call, so that a crash in the call is seen. `call` is false when the tries were used up by owners that
 * did not come back: then there is no call.
 */
export function begin(
  progress: Progress,
  { kind, at }: Move,
  tries: SagaTries,
): Change & { readonly call: boolean } {
  const step = stepAt(progress, at);
  const problem = "no answer was recorded";
  if (kind === "run") {
    if (step.tries >= tries.run.most) {
      return {
        ...changed(progress, at, { ...step, state: "unknown" }, "compensating"),
        problem,
        call: false,
      };
    }
    return { state: "running", at, step: { ...step, state: "running", tries: step.tries + 1 }, call: true };
  }
  if (step.undoTries >= tries.compensate.most) {
    return { state: "failed", at, step: { ...step, state: "stuck" }, problem, call: false };
  }
  const undone: StepProgress = { ...step, state: "compensating", undoTries: step.undoTries + 1 };
  return { state: "compensating", at, step: undone, call: true };
}

/** The transition after a call. */
export function finish(progress: Progress, { kind, at }: Move, outcome: Outcome, tries: SagaTries): Change {
  const step = stepAt(progress, at);
  return kind === "run"
    ? afterRun(progress, at, step, outcome, tries.run)
    : afterCompensation(progress, at, step, outcome, tries.compensate);
}

function afterRun(
  progress: Progress,
  at: number,
  step: StepProgress,
  outcome: Outcome,
  tries: Tries,
): Change {
  if (outcome.kind === "done") {
    const last = at === progress.steps.length - 1;
    const done: StepProgress = { ...step, state: "done" };
    return { state: last ? "completed" : "running", at, step: done, result: outcome.result };
  }
  const { problem } = outcome;
  if (outcome.kind === "refused") {
    // After a try without an answer the refusal may be about the second request only.
    const state = step.tries === 1 ? "refused" : "unknown";
    return { ...changed(progress, at, { ...step, state }, "compensating"), problem };
  }
  if (step.tries < tries.most) {
    return { state: "running", at, step, problem, delayMs: backoffMs(tries.backoff, step.tries) };
  }
  return { ...changed(progress, at, { ...step, state: "unknown" }, "compensating"), problem };
}

function afterCompensation(
  progress: Progress,
  at: number,
  step: StepProgress,
  outcome: Outcome,
  tries: Tries,
): Change {
  if (outcome.kind === "done")
    return changed(progress, at, { ...step, state: "compensated" }, "compensating");
  const { problem } = outcome;
  if (step.undoTries < tries.most) {
    return { state: "compensating", at, step, problem, delayMs: backoffMs(tries.backoff, step.undoTries) };
  }
  return { state: "failed", at, step: { ...step, state: "stuck" }, problem };
}

/** A compensating saga without anything to undo is compensated. */
function changed(progress: Progress, at: number, step: StepProgress, state: SagaState): Change {
  const after = applyChange(progress, { state, at, step });
  return { state: nextMove(after) === undefined ? "compensated" : state, at, step };
}

export function applyChange({ steps }: Progress, { state, at, step }: Change): Progress {
  return { state, steps: steps.with(at, step) };
}

export function hasEnded(state: SagaState): boolean {
  return state === "completed" || state === "compensated" || state === "failed";
}

function stepAt({ steps }: Progress, at: number): StepProgress {
  const step = steps[at];
  if (step === undefined) throw new Error(`there is no step ${at}`);
  return step;
}
