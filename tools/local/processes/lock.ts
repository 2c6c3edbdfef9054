import { execFileSync } from "node:child_process";
import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** One process of a run, stored on disk so that a later run can end the processes that this one left. */
interface LockedProcess {
  readonly pid: number;
  readonly name: string;
  /** Text that the command line must contain, because another process may have the same id by now. */
  readonly mark: string;
}

/** The right to use a folder. */
export interface Lock {
  readonly folder: string;
  record(child: LockedProcess): void;
  forget(pid: number): void;
  release(): void;
}

/** The folder belongs to a run that is still running. */
export class LockedError extends Error {
  override readonly name = "LockedError";
  readonly pid: number;
  constructor(folder: string, pid: number) {
    super(
      `another run (process ${pid}) uses ${folder}; two runs in one folder would damage its data. Stop that run first.`,
    );
    this.pid = pid;
  }
}

interface Content {
  readonly owner: { readonly pid: number; readonly started: string };
  readonly children: readonly LockedProcess[];
}

/**
 * Takes the folder. First it kills the processes that a dead run left, but only those whose command line still has their
 * mark, and deletes the data of that run.
 */
export function acquireLock(folder: string, log: (line: string) => void): Lock {
  const file = join(folder, "lock.json");
  const left = read(file);
  if (left && left.owner.pid !== process.pid && startOf(left.owner.pid) === left.owner.started) {
    throw new LockedError(folder, left.owner.pid);
  }
  for (const child of left?.children ?? []) killOrphan(child, log);
  if (existsSync(file)) rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  let children: readonly LockedProcess[] = [];
  const owner = { pid: process.pid, started: startOf(process.pid) };
  // Written to another file and moved, so that a reader never sees half of it.
  const draft = `${file}.${process.pid}`;
  const write = (place: (draft: string, file: string) => void): void => {
    writeFileSync(draft, JSON.stringify({ owner, children }));
    place(draft, file);
  };
  try {
    write(linkSync); // if two runs arrive together, one of them gets EEXIST
    rmSync(draft);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    throw new LockedError(folder, read(file)?.owner.pid ?? 0);
  }
  return {
    folder,
    record(child) {
      children = [...children, child];
      write(renameSync);
    },
    forget(pid) {
      children = children.filter((child) => child.pid !== pid);
      write(renameSync);
    },
    release: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function read(file: string): Content | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Content;
  } catch {
    // Missing or damaged: no run uses the folder.
    return undefined;
  }
}

function killOrphan(child: LockedProcess, log: (line: string) => void): void {
  if (!commandOf(child.pid).includes(child.mark)) return;
  log(`ending ${child.name} (process ${child.pid}), left by an earlier run`);
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}

/** Start time of a process in the format of the system. Together with the id it identifies one process. Empty if there is none. */
function startOf(pid: number): string {
  const stat = procFile(pid, "stat");
  // Field 22 of the line. The second field is the name in brackets, which may contain spaces.
  if (stat !== undefined) return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  return ps(pid, "lstart");
}

function commandOf(pid: number): string {
  return procFile(pid, "cmdline")?.replaceAll("\0", " ") ?? ps(pid, "command");
}

/** Linux has these values in files, even where the command `ps` is not installed. */
function procFile(pid: number, name: "cmdline" | "stat"): string | undefined {
  if (process.platform !== "linux") return undefined;
  try {
    return readFileSync(`/proc/${pid}/${name}`, "utf8");
  } catch {
    return name === "stat" ? ")" : "";
  }
}

function ps(pid: number, column: "command" | "lstart"): string {
  try {
    const options = { encoding: "utf8", env: { ...process.env, LC_ALL: "C" }, stdio: "pipe" } as const;
    return execFileSync("ps", ["-ww", "-p", String(pid), "-o", `${column}=`], options).trim();
  } catch {
    return ""; // ps exits 1 when there is no such process
  }
}
