import { existsSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { mutations } from "./list/index.ts";
import type { Mutation } from "./mutation.ts";
import { complaint, type Outcome, runMutations } from "./run.ts";
import { root } from "./workspace.ts";

let outcomes: readonly Outcome[] = [];

beforeAll(async () => {
  outcomes = await runMutations(mutations);
}, 900_000);

test("the list breaks every page and every block, and nothing twice", () => {
  const broken = new Set(mutations.map(({ file }) => file.split("/").slice(0, 2).join("/")));
  const blocks = [
    ...["addons", "alarms", "alerts", "audit", "bucket", "budget", "cache", "cluster", "core", "edge"],
    ...[
      "firewall",
      "identity",
      "images",
      "issuer",
      "kafka",
      "keys",
      "log-archive",
      "metrics",
      "network",
      "postgres",
    ],
    ...["recovery", "secrets", "workload"],
  ].map((block) => `components/${block}`);
  const specs = ["dev", "staging", "prod", "dr"].map((name) => `stacks/${name}.ts`);
  expect([...blocks, ...specs].filter((part) => !broken.has(part))).toEqual([]);
  const lines = mutations.map(({ file, find, replace }) => `${file}: ${find} -> ${replace}`);
  expect(new Set(lines).size).toBe(lines.length);
});

test("every mutation is caught by a test that exists", () => {
  expect(
    mutations.map(({ caughtBy }) => caughtBy.file).filter((file) => !existsSync(join(root, file))),
  ).toEqual([]);
});

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
