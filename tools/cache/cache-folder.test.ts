import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { cacheFolder } from "./index.ts";

test("downloads are kept in the folder of the user, or in the checkout when that cannot be written", () => {
  const home = mkdtempSync(join(tmpdir(), "a home "));
  onTestFinished(() => rmSync(home, { recursive: true }));
  expect(cacheFolder({ XDG_CACHE_HOME: home })).toBe(join(home, "task-platform"));
  const file = join(home, "file");
  writeFileSync(file, "");
  const own = cacheFolder({ XDG_CACHE_HOME: file });
  expect(own).toBe(
    join(import.meta.dirname, "..", "..", "node_modules", ".cache", "task-platform", "downloads"),
  );
});
