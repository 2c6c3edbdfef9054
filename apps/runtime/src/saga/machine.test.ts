import fc from "fast-check";
import { expect, test } from "vitest";
import { defineSaga } from "./define.ts";
import {
  applyChange,
  begin,
  finish,
  hasEnded,
  nextMove,
  type Outcome,
  type Progress,
  type SagaTries,
} from "./machine.ts";

const backoff = { firstMs: 1_000, longestMs: 4_000 };
const tries: SagaTries = { run: { most: 3, backoff }, compensate: { most: 2, backoff } };

const fresh = (count: number): Progress => ({
  state: "running",
  steps: Array.from({ length: count }, (_, at) => ({
    name: `step-${at}`,
    state: "waiting",
    tries: 0,
    undoTries: 0,
  })),
});

/** What happens to one call: it ends, or its owner is gone before or after the effect. */
type Fate = "done" | "refused" | "failed" | "failed with effect" | "gone" | "gone with effect";
const fates: readonly Fate[] = [
  "done",
  "refused",
  "failed",
  "failed with effect",
  "gone",
  "gone with effect",
];

function outcomeOf(fate: Fate): Outcome {
  if (fate === "done") return { kind: "done" };
  return { kind: fate === "refused" ? "refused" : "failed", problem: fate };
}

/** Runs a saga against providers that apply each key once and nothing after its compensation. */
function simulate(count: number, given: readonly Fate[]) {
  const effects = Array.from({ length: count }, () => false);
  const undone: number[] = [];
  const began = new Set<number>();
  let progress = fresh(count);
  let calls = 0;
  for (let move = nextMove(progress); move !== undefined; move = nextMove(progress)) {
    const { call, ...change } = begin(progress, move, tries);
    progress = applyChange(progress, change);
    if (!call) continue;
    const fate = given[calls] ?? "done";
    calls += 1;
    if (move.kind === "run") began.add(move.at);
    const effective = fate === "done" || fate === "failed with effect" || fate === "gone with effect";
    if (effective && move.kind === "run") effects[move.at] = true;
    if (effective && move.kind === "compensate") {
      effects[move.at] = false;
      undone.push(move.at);
    }
    // The next owner knows only what was written before the call.
    if (fate === "gone" || fate === "gone with effect") continue;
    progress = applyChange(progress, finish(progress, move, outcomeOf(fate), tries));
  }
  return { progress, effects, undone, calls, began };
}

test("whatever happens to whichever call, a saga ends whole, undone in reverse, or failed", () => {
  const ends = new Set<string>();
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5 }),
      fc.array(fc.constantFrom(...fates), { maxLength: 40 }),
      (count, given) => {
        const { progress, effects, undone, calls } = simulate(count, given);
        ends.add(progress.state);
        expect(hasEnded(progress.state)).toBe(true);
        expect(calls).toBeLessThanOrEqual(count * (tries.run.most + tries.compensate.most));
        const order = [...new Set(undone)];
        expect(order).toEqual(order.toSorted((a, b) => b - a));
        if (progress.state === "completed") expect(effects).toEqual(effects.map(() => true));
        if (progress.state === "compensated") expect(effects).toEqual(effects.map(() => false));
        if (progress.state === "failed") {
          expect(progress.steps.filter(({ state }) => state === "stuck")).toHaveLength(1);
        }
      },
    ),
    { numRuns: 2_000 },
  );
  expect([...ends].toSorted()).toEqual(["compensated", "completed", "failed"]);
});

test("a step that was refused at once is not undone, and one whose answer is missing is", () => {
  expect(simulate(2, ["done", "refused"]).undone).toEqual([0]);
  expect(simulate(2, ["done", "failed", "refused"]).undone).toEqual([1, 0]);
  expect(simulate(2, ["done", "failed", "failed", "failed"]).undone).toEqual([1, 0]);
});

test("tries that owners took with them count", () => {
  const { progress, calls } = simulate(1, ["gone", "gone", "gone", "done"]);
  expect([progress.state, calls]).toEqual(["compensated", 4]);
});

test("the next try waits twice as long", () => {
  const progress = applyChange(fresh(1), begin(fresh(1), { kind: "run", at: 0 }, tries));
  const failed: Outcome = { kind: "failed", problem: "503" };
  expect(finish(progress, { kind: "run", at: 0 }, failed, tries)).toMatchObject({
    state: "running",
    problem: "503",
    delayMs: 1_000,
  });
  const again = applyChange(progress, begin(progress, { kind: "run", at: 0 }, tries));
  expect(finish(again, { kind: "run", at: 0 }, failed, tries).delayMs).toBe(2_000);
});

test("every problem of a definition is reported at once", () => {
  const step = { name: "Pay", run: async () => undefined, compensate: async () => undefined };
  expect(() => defineSaga({ name: "order", version: 0, steps: [step, step] })).toThrow(
    'saga "order": name "Pay"; allowed: lower case in kebab case; name "Pay"; allowed: lower case in kebab case; step "Pay" is there twice; version 0; allowed: 1, 2, …',
  );
});
