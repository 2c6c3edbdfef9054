import { spawn } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { isAlive, soon, temporaryFolder } from "./fixtures.ts";
import { acquireLock, LockedError } from "./lock.ts";

const silent = (): void => undefined;

/** A process that only waits, in a group of its own, with the mark on its command line. */
function orphan(mark: string): number {
  const child = spawn(process.execPath, ["-e", "setInterval(() => undefined, 1000)", mark], {
    detached: true,
    stdio: "ignore",
  });
  const pid = child.pid ?? 0;
  onTestFinished(() => void (isAlive(pid) && process.kill(pid, "SIGKILL")));
  return pid;
}

function leaveLock(folder: string, owner: object, children: readonly object[]): void {
  writeFileSync(join(folder, "lock.json"), JSON.stringify({ owner, children }));
}

const dead = { pid: 999_999_999, started: "long ago" };

test("processes of a dead run are killed, its data is deleted, and the log says so", async () => {
  const folder = temporaryFolder();
  const pid = orphan("mark-of-redis");
  leaveLock(folder, dead, [{ pid, name: "redis", mark: "mark-of-redis" }]);
  writeFileSync(join(folder, "data"), "old");
  expect(await soon(() => readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("mark-of-redis"))).toBe(true);
  const said: string[] = [];
  acquireLock(folder, (line) => said.push(line));
  expect(await soon(() => !isAlive(pid))).toBe(true);
  expect(said).toEqual([`ending redis (process ${pid}), left by an earlier run`]);
  expect(existsSync(join(folder, "data"))).toBe(false);
});

test("a process that only has the same id as a recorded one is not killed", async () => {
  const folder = temporaryFolder();
  const pid = orphan("somebody-else");
  leaveLock(folder, dead, [{ pid, name: "redis", mark: "mark-of-redis" }]);
  acquireLock(folder, silent);
  expect(isAlive(pid)).toBe(true);
});

test("the folder of a live run is refused, with the process id", () => {
  const folder = temporaryFolder();
  const pid = process.ppid;
  const started = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ")[19];
  leaveLock(folder, { pid, started }, []);
  expect(() => acquireLock(folder, silent)).toThrow(LockedError);
  expect(() => acquireLock(folder, silent)).toThrow(`process ${pid}`);
});

test("a live process that only has the same id as a dead run does not block the folder", () => {
  const folder = temporaryFolder();
  leaveLock(folder, { pid: process.ppid, started: "another start" }, []);
  expect(() => acquireLock(folder, silent)).not.toThrow();
});

test("a damaged lock file is ignored", () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "lock.json"), '{"owner":');
  expect(() => acquireLock(folder, silent)).not.toThrow();
});

test("running children are recorded on disk, and releasing the lock deletes the folder", () => {
  const folder = temporaryFolder();
  const lock = acquireLock(folder, silent);
  const recorded = (): unknown => JSON.parse(readFileSync(join(folder, "lock.json"), "utf8")).children;
  lock.record({ pid: 1, name: "a", mark: "m" });
  lock.record({ pid: 2, name: "b", mark: "m" });
  lock.forget(1);
  expect(recorded()).toEqual([{ pid: 2, name: "b", mark: "m" }]);
  lock.release();
  expect(existsSync(folder)).toBe(false);
});
