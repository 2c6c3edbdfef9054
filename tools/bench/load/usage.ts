import { readdirSync, readFileSync } from "node:fs";

/** Milliseconds of processor time of a process and its children so far, from /proc; 0 where there is no /proc. */
function processorMs(pid: number): number {
  const ticks = (one: number): number => {
    try {
      const fields = readFileSync(`/proc/${one}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
      // utime, stime, and those of children that have ended, in hundredths of a second.
      return [11, 12, 13, 14].reduce((sum, at) => sum + Number(fields[at] ?? 0), 0);
    } catch {
      return 0;
    }
  };
  return [pid, ...childrenOf(pid)].reduce((sum, one) => sum + ticks(one), 0) * 10;
}

/** The processor time in milliseconds that groups of processes use from now on. */
export function startUsage(groups: Readonly<Record<string, readonly number[]>>): () => [string, number][] {
  const now = (): [string, number][] =>
    Object.entries(groups).map(([name, pids]) => [
      name,
      pids.reduce((sum, pid) => sum + processorMs(pid), 0),
    ]);
  const before = new Map(now());
  return () => now().map(([name, ms]) => [name, ms - (before.get(name) ?? 0)]);
}

/** The most memory that a process has held so far, in MB (10^6 bytes); 0 where there is no /proc. */
export function mostMemoryMb(pid: number): number {
  try {
    const kib = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return (Number(kib ?? 0) * 1_024) / 1_000_000;
  } catch {
    return 0;
  }
}

function childrenOf(pid: number): readonly number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
      readFileSync(`/proc/${pid}/task/${thread}/children`, "utf8")
        .trim()
        .split(" ")
        .filter(Boolean)
        .map(Number),
    );
  } catch {
    return [];
  }
}
