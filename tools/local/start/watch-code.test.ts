import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { waitUntil } from "../processes/index.ts";
import { affected, type CodeChange, changeOf, isCode, watchCode } from "./watch-code.ts";

test.each([
  ["task-api/src/main.ts", true],
  ["contracts/avro/task-event.avsc", true],
  ["schema/migrations/0001_tables.sql", true],
  ["task-api/src/tasks/input.test.ts", false],
  ["task-api/test/support.ts", false],
  ["task-api/openapi.json", false],
  ["task-api/node_modules/pg/index.ts", false],
])("a change of %s counts: %s", (file, counts) => {
  expect(isCode(file)).toBe(counts);
});

test("the processes of a changed service start again, and all of them after a change of what they share", () => {
  const api = { args: ["apps/task-api/src/main.ts"] };
  const relay = { args: ["apps/task-worker/src/main.ts", "relay"] };
  const processes = [api, relay];
  const after = (...files: string[]) => affected(processes, changeOf(files));
  expect(after("task-api/src/main.ts")).toEqual([api]);
  expect(after("task-worker/src/main.ts", "task-worker/src/roles/role.ts")).toEqual([relay]);
  expect(after("runtime/src/timing/index.ts")).toEqual([api, relay]);
  expect(changeOf(["schema/migrations/0009_x.sql"]).migrations).toBe(true);
  expect(changeOf(["schema/src/names.ts"]).migrations).toBe(false);
});

test("a burst of changes is told once, with its packages", async () => {
  const root = mkdtempSync(join(tmpdir(), "watch-code-"));
  const end = new AbortController();
  onTestFinished(() => {
    end.abort();
    rmSync(root, { recursive: true });
  });
  for (const name of ["one", "two"]) mkdirSync(join(root, "apps", name, "src"), { recursive: true });
  const changes: CodeChange[] = [];
  watchCode(
    root,
    (change) => changes.push(change),
    () => undefined,
    end.signal,
  );
  writeFileSync(join(root, "apps", "one", "src", "a.md"), "text");
  for (const name of ["one", "two"]) writeFileSync(join(root, "apps", name, "src", "a.ts"), "export {};");
  await waitUntil(() => changes.some(({ packages }) => packages.has("two")), { withinMs: 60_000 });
  expect(new Set(changes.flatMap(({ packages }) => [...packages]))).toEqual(new Set(["one", "two"]));
});
