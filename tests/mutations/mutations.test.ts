import { beforeAll, expect, test } from "vitest";
import { mutations } from "./list/index.ts";
import type { Mutation } from "./mutation.ts";
import { complaint, type Outcome, runMutations } from "./run.ts";

let outcomes: readonly Outcome[] = [];

beforeAll(async () => {
  outcomes = await runMutations(mutations);
}, 3_600_000);

// Not test.each: it shortens long texts, and the whole sentence is the point.
for (const [at, mutation] of mutations.entries()) {
  test(titleOf(mutation), () => {
    const outcome = outcomes[at];
    expect(outcome ? complaint(outcome) : "was not run").toBeUndefined();
  });
}

function titleOf({ what, file, caughtBy }: Mutation): string {
  return `${file}: ${what}; caught by "${caughtBy.test}"`;
}
