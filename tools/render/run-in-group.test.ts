import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect, test } from "vitest";
import { waitUntil } from "../local/processes/index.ts";
import { runInGroup } from "./run-in-group.ts";

const node = process.execPath;
const options = { timeoutMs: 120_000, env: process.env };

/** Whether the process runs. One that has ended, and whose parent has not read its end yet, does not run. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return process.platform !== "linux" || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}

/** The limit is only for what hangs. */
const ends = (pid: number) => waitUntil(() => !isAlive(pid), { withinMs: 60_000 });

/** A program that starts a worker which never ends by itself, and then goes on with `next`. */
function withWorker(next: string): readonly string[] {
  const program = `process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "inherit" }`;
  return ["-e", `const worker = require("node:child_process").spawn(${program}); ${next}`];
}

test("when a command has ended, no worker of it is left, and its output is complete", async () => {
  const { stdout } = await runInGroup(node, withWorker("console.log(worker.pid); process.exit(0)"), options);
  const worker = Number(stdout.trim());
  expect(worker).toBeGreaterThan(1);
  expect(await ends(worker)).toBe(true);
});

test("a command that takes too long is an error that says so, and neither it nor a worker of it is left", async () => {
  const next = "console.error(process.pid + ' ' + worker.pid); setInterval(() => {}, 1000)";
  const run = runInGroup(node, withWorker(next), { ...options, timeoutMs: 5_000 });
  const error = await run.then(
    () => undefined,
    (reason: Error) => reason,
  );
  expect(error?.message).toContain("took longer than 5000 ms");
  const [command, worker] = String(error?.cause).trim().split(" ").map(Number);
  expect([await ends(command ?? 0), await ends(worker ?? 0)]).toEqual([true, true]);
  expect([command, worker].every((pid) => Number(pid) > 1)).toBe(true);
});

test("a command that fails is an error with its last line", async () => {
  const failing = ["-e", `console.error("first"); console.error("no such folder"); process.exit(3)`];
  await expect(runInGroup(node, failing, options)).rejects.toThrow("ended with code 3: no such folder");
  await expect(runInGroup(join("/", "nowhere", "checkov"), [], options)).rejects.toThrow("ENOENT");
});

test("when the caller is killed, neither the command nor a worker of it is left", async () => {
  const module = JSON.stringify(join(import.meta.dirname, "run-in-group.ts"));
  const inner = JSON.stringify(["-e", "console.error(process.pid); setInterval(() => {}, 1000)"]);
  // The command inherits nothing of the caller, so it tells its id by a line of the process list: its parent.
  const script = `import { runInGroup } from ${module};
    import { execFileSync } from "node:child_process";
    void runInGroup(process.execPath, ${inner}, { timeoutMs: 600000, env: process.env });
    const children = () => execFileSync("ps", ["-o", "pid=,args=", "--ppid", String(process.pid)], { encoding: "utf8" });
    const mine = children().split("\\n").find((line) => line.includes("setInterval"));
    console.log(mine.trim().split(" ")[0]);`;
  const caller = spawn(node, ["--input-type=module", "-e", script], { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = (await once(createInterface(caller.stdout), "line")) as [string];
  const command = Number(line);
  expect(isAlive(command)).toBe(true);
  caller.kill("SIGKILL");
  expect(await ends(command)).toBe(true);
});
