import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { waitUntil } from "../processes/index.ts";
import { followLogs } from "./follow-logs.ts";

test("each new line is passed on whole, with the name of its log, and nothing that was there before", async () => {
  const folder = mkdtempSync(join(tmpdir(), "follow-logs-"));
  const end = new AbortController();
  onTestFinished(() => {
    end.abort();
    rmSync(folder, { recursive: true });
  });
  const [old, later] = [join(folder, "old.log"), join(folder, "later.log")];
  writeFileSync(old, "before\n");
  const lines: string[] = [];
  const logs = [
    { name: "old", file: old },
    { name: "longer", file: later },
  ];
  followLogs(logs, (line) => lines.push(line), end.signal);
  const long = "é".repeat(100_000);
  appendFileSync(old, `first\n${long}\nhal`);
  writeFileSync(later, "new\n");
  await waitUntil(() => lines.length >= 3, { withinMs: 60_000 });
  expect(lines).toEqual(["old    | first", `old    | ${long}`, "longer | new"]);
  appendFileSync(old, "f\n");
  await waitUntil(() => lines.length >= 4, { withinMs: 60_000 });
  expect(lines[3]).toBe("old    | half");
});
