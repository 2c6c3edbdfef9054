import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { type Child, describeExit } from "../processes/index.ts";
import type { Part } from "./types.ts";

/** Fills a folder of data that does not exist yet. It is moved into its place when it is whole, so an interrupted start leaves no half. */
export function makeOnce(folder: string, fill: (draft: string) => void): void {
  if (existsSync(folder)) return;
  const draft = `${folder}.new`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true, mode: 0o700 });
  fill(draft);
  renameSync(draft, folder);
}

export function toPart(child: Child): Part {
  return {
    name: child.name,
    pid: child.pid,
    running: () => child.running(),
    kill: () => process.kill(child.pid, "SIGKILL"),
  };
}

/** Resolves with the reason when the only process of a part has ended. */
export async function failureOf(child: Child): Promise<string> {
  const exit = await child.exited;
  return `${child.name} ${describeExit(exit)}. Its last lines:\n${child.lastLines(5)}`;
}
