import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { waitUntil } from "./wait-until.ts";

/** A folder that is deleted at the end of the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "task-platform-processes-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Whether the process runs. A zombie (ended, but its parent has not read the exit status) does not run. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    if (process.platform !== "linux") return true;
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}

/** Waits for the condition. The limit is only for what hangs: a busy machine takes seconds to start a process. */
export function soon(condition: () => boolean): Promise<boolean> {
  return waitUntil(condition, { withinMs: 60_000, everyMs: 20 });
}
