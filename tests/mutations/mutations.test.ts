import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { mutations } from "./list/index.ts";
import { mutate } from "./mutation.ts";
import { complaint, type Outcome, runMutations } from "./run.ts";
import { root } from "./workspace.ts";

let outcomes: readonly Outcome[] = [];

beforeAll(async () => {
  outcomes = await runMutations(mutations);
}, 600_000);
